/** Values of columns: units of times and lengths, ratings, text that becomes another type. */
import { describe, expect, test } from "bun:test";
import { exactNumber } from "../../../src/ingest/rows/json.ts";
import { Refusal } from "../../../src/ingest/rows/refusal.ts";
import { readRow } from "../../../src/ingest/rows/row.ts";
import { mapped, row } from "./mapped.ts";

test("Unix times are in the unit that their size says", () => {
  const at = (ts: unknown) => row("events", { user: "1", post: "2", kind: "view", ts })?.["at"];
  for (const unit of [1n, 1_000n, 1_000_000n, 1_000_000_000n]) {
    const digits = String(1_714_564_800n * unit);
    expect(at(digits)).toBe(1_714_564_800_000);
    expect(at(exactNumber(digits))).toBe(1_714_564_800_000);
  }
});

test("Unix times below 10¹¹ are seconds, up to the year 5138, and those from there on milliseconds", () => {
  const expires = (expires_at: string) => row("posts", { id: "1", title: "", expires_at })?.["expires_at"];
  expect(expires("99999999999")).toBe(99_999_999_999_000);
  expect(expires("100000000000")).toBe(100_000_000_000);
}); // prettier-ignore

test("columns of seconds become milliseconds; one without a unit is left out", () => {
  const columns = { user: "1", post: "2", kind: "view", watch_seconds: "1.5", Duration_S: "9" };
  expect(row("events", columns)).toMatchObject({ watched_ms: 1_500, duration_ms: 9_000 });
  expect(row("posts", { id: "1", title: "", length: "9" })).toEqual({ id: "1", title: "" });
});

describe("ratings", () => {
  const rated = (values: readonly string[], column = "rating") =>
    mapped(
      "events",
      values.map((it) => ({ user: "1", post: "2", [column]: it })),
    );

  test.each([
    [
      ["0.5", "5"],
      [10, 100],
    ],
    [
      ["1", "10"],
      [10, 100],
    ],
    [
      ["0.25", "1"],
      [25, 100],
    ],
    [
      ["12", "80"],
      [12, 80],
    ],
    [
      ["-20", "3"],
      [-20, 3],
    ],
  ])("%p are %p percent, by the least scale that fits", (values, expected) => {
    const { rows } = rated(values);
    expect(rows.map((it) => it["value"])).toEqual(expected);
    expect(rows.every((it) => it["kind"] === "rating")).toBe(true);
  });

  test("are told apart from values of no kind", () => {
    expect(() => rated(["4"], "score")).toThrow("usual name for kind");
  });
});

describe("text of a file becomes", () => {
  test.each([
    ["created_at", "1714564800", Date.UTC(2024, 4, 1, 12)],
    ["created_at", "1714564800000", Date.UTC(2024, 4, 1, 12)],
    ["created_at", "2024-05-01", Date.UTC(2024, 4, 1)],
    ["created_at", "20240501", Date.UTC(2024, 4, 1)],
    ["created_at", "2024-05-01 12:00:00", Date.UTC(2024, 4, 1, 12)],
    ["created_at", "2024-05-01 12:00", Date.UTC(2024, 4, 1, 12)],
    ["created_at", "2024/5/1 9:00", Date.UTC(2024, 4, 1, 9)],
    ["created_at", "2024-05-01 12:00:00.25 UTC", Date.UTC(2024, 4, 1, 12, 0, 0, 250)],
    ["created_at", "2024-05-01 12:00:00+02", Date.UTC(2024, 4, 1, 10)],
    ["created_at", "2024-05-01T12:00:00.5+02:00", Date.UTC(2024, 4, 1, 10, 0, 0, 500)],
    ["category", "Food, drinks|Travel", ["Food, drinks", "Travel"]],
    ["category", "Food;Travel", ["Food", "Travel"]],
    ["tags", "rope, knots;sea", ["rope", "knots", "sea"]],
    ["tags", "#rope #knots,#sea", ["rope", "knots", "sea"]],
    ["tags", "C#, rope", ["C#", "rope"]],
    ["tags", '["a, b","c"]', ["a, b", "c"]],
    ["hidden", "Yes", true],
    ["hidden", "0", false],
    ["duration_ms", "87433.0", 87_433],
    ["card", '{"a":[1]}', '{"a":[1]}'],
    ["card", "plain", '"plain"'],
    ["creator", " 007 ", "007"],
  ] as const)("%s of %p: %p", (field, text, expected) => {
    const columns = { id: "1", title: "x", [field]: text };
    const found = readRow("posts", row("posts", columns), Date.UTC(2026, 0));
    expect(found).toEqual({ id: "1", title: "x", [field]: expected } as never);
  });

  test.each(["expires_at", "tags", "hidden", "duration_ms", "card", "creator"])(
    "nothing, if %s is empty",
    (field) => {
      expect(row("posts", { id: "1", title: "", [field]: "" })).toEqual({ id: "1", title: "" });
    },
  );

  test("nothing, if a length is 0; anything else that is none is refused", () => {
    expect(row("posts", { id: "1", title: "x", duration_ms: "0.0" })).toEqual({
      id: "1",
      title: "x",
      duration_ms: undefined,
    });
    for (const [field, text] of [
      ["duration_ms", "long"],
      ["hidden", "maybe"],
      ["created_at", "May"],
    ] as const) {
      const found = readRow("posts", row("posts", { id: "1", title: "x", [field]: text }), 0);
      expect(found).toBeInstanceOf(Refusal);
      expect((found as Refusal).detail).toEndWith(`got "${text}"`);
    }
  });
});
