/** Rows that apps push: taken with their values in final form, or refused with what would be right. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { signalNames } from "../../../src/domain/known-signals.ts";
import { ROWS } from "../../../src/ingest/rows/fields.ts";
import { Refusal } from "../../../src/ingest/rows/refusal.ts";
import { readPatch, readRow, type RowName } from "../../../src/ingest/rows/row.ts";

const NOW_MS = Date.UTC(2026, 0, 1);
const VIEW = { user: "ada", post: "p1", kind: "view" } as const;
const POST = { id: "p1", title: "Knots" };

const event = (more: object) => readRow("events", { ...VIEW, ...more }, NOW_MS);
const post = (more: object) => readRow("posts", { ...POST, ...more }, NOW_MS);
const refusal = (it: unknown) => {
  expect(it).toBeInstanceOf(Refusal);
  return it as Refusal;
};

describe("a row", () => {
  test("comes back with its values in their final form", () => {
    expect(
      post({
        category: "Crafts",
        tags: ["rope", " rope ", ""],
        created_at: "2024-05-01T12:00:00+02:00",
      }),
    ).toEqual({
      ...POST,
      category: ["Crafts"],
      tags: ["rope"],
      created_at: Date.UTC(2024, 4, 1, 10),
    });
    expect(readRow("users", { id: 7, name: "Ada" }, NOW_MS)).toEqual({ id: "7", name: "Ada" });
    expect(event({ kind: "rating", value: 80, at: 1_700_000_000_000 })).toEqual({
      ...VIEW,
      kind: "rating",
      value: 80,
      at: 1_700_000_000_000,
    });
  });

  test("may have null for a field that it could lack", () => {
    expect(event({ value: null, at: null })).toEqual(VIEW);
  });

  test.each([
    ["events", { post: "p1", kind: "view" }, "user"],
    ["events", { user: "ada", kind: "view" }, "post"],
    ["events", { user: "ada", post: "p1" }, "kind"],
    ["posts", { id: "p1" }, "title"],
    ["posts", { title: "x", id: null }, "id"],
    ["users", {}, "id"],
  ] as const)("of %s is refused without what it needs: %p", (kind, row, field) => {
    const it = refusal(readRow(kind, row, NOW_MS));
    expect(it.field).toBe(field);
    expect(it.detail).toContain(`${kind} need ${field === "id" ? "an" : "a"} ${field}`);
  });

  test("is an object", () => {
    for (const value of [undefined, null, 5, "x", [], [VIEW]])
      expect(refusal(readRow("events", value, NOW_MS))).toMatchObject({ field: "" });
  });

  test.each([
    [{ timestamp: 1 }, "timestamp", "did you mean at?"],
    [{ vallue: 1 }, "vallue", "did you mean value?"],
    [{ Watch_Time_MS: 1 }, "Watch_Time_MS", "did you mean watched_ms?"],
    [{ colour: 1 }, "colour", "expected one of the fields id, user, post"],
    [{ age: 1 }, "age", "recommendation_id, session"],
  ])("is refused with a field that it can't have: %p", (more, field, words) => {
    const it = refusal(event(more));
    expect(it.field).toBe(field);
    expect(it.detail).toContain(words);
  });

  test("with a key of every object is refused like any other", () => {
    const row = JSON.parse(
      '{"user":"a","post":"b","kind":"view","__proto__":{"user":"x"}}',
    ) as object;
    expect(refusal(readRow("events", row, NOW_MS)).field).toBe("__proto__");
    expect(refusal(event({ toString: "x" })).field).toBe("toString");
  });

  test("is never taken half, whatever is in it, and never throws", () => {
    const kinds = fc.constantFrom<RowName>("posts", "users", "events");
    const names = [...new Set(Object.values(ROWS).flatMap((it) => Object.keys(it.fields)))];
    const rows = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(kinds, rows, (kind, row) => {
        const found = readRow(kind, row, NOW_MS);
        if (found instanceof Refusal) return found.detail.startsWith("expected");
        return Object.keys(found).every((it) => it in ROWS[kind].fields);
      }),
    );
  });
});

describe("an event's value", () => {
  test("must lie in the range of its kind", () => {
    for (const value of [undefined, -99, 101])
      expect(refusal(event({ kind: "rating", value }))).toMatchObject({
        field: "value",
        detail: expect.stringContaining("expected a rating from -98 to 100 (percent)"),
      });
    expect(event({ kind: "rating", value: -98 })).not.toBeInstanceOf(Refusal);
  });

  test("is none where its kind has none, and is not dropped in silence", () => {
    expect(refusal(event({ kind: "like", value: 5 }))).toEqual(
      new Refusal("value", "expected 1, or 0 to take the like back, got 5"),
    );
    expect(event({ kind: "like", value: 1 })).not.toBeInstanceOf(Refusal);
  });

  test.each([
    [{ kind: "like", value: false }, "value", "0 takes a like or its kind back"],
    [{ kind: "view", value: 0 }, "value", "a view can't be taken back"],
    [{ kind: "unlike" }, "kind", "to take a like back, send kind like with value 0"],
    [
      { kind: "remove_bookmark" },
      "kind",
      "to take a bookmark back, send kind bookmark with value 0",
    ],
    [{ kind: "lik" }, "kind", "did you mean like?"],
  ])("that is to take an event back wrongly, %p, is refused with how", (more, field, words) => {
    const it = refusal(event(more));
    expect([it.field, it.detail]).toEqual([field, expect.stringContaining(words)]);
  });
});

test("an unknown kind is refused with those that are known", () => {
  const { field, detail } = refusal(event({ kind: "viewed" }));
  expect(field).toBe("kind");
  for (const name of signalNames()) expect(detail).toContain(name);
  expect(detail).toEndWith('got "viewed"');
});

describe("a change to a post", () => {
  test("has any of its fields, and null for one that goes", () => {
    const patch = { text: null, hidden: true, expires_at: "2030-01-01T00:00:00Z" };
    expect(readPatch(patch, NOW_MS)).toEqual({ ...patch, expires_at: Date.UTC(2030, 0) });
    expect(readPatch({}, NOW_MS)).toEqual({});
  });

  test("can't take away the title nor change the id", () => {
    expect(refusal(readPatch({ title: null }, NOW_MS)).field).toBe("title");
    expect(refusal(readPatch({ id: "p2" }, NOW_MS)).field).toBe("id");
  });
});
