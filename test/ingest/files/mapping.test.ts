/** Mapping of columns to fields: guessed where names are usual, told otherwise, shown always. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { FileError, type Columns } from "../../../src/ingest/files/contract.ts";
import { mapColumns, rowMapper } from "../../../src/ingest/files/mapping.ts";
import { ROWS } from "../../../src/ingest/rows/fields.ts";
import { parseJson } from "../../../src/ingest/rows/json.ts";
import { Refusal } from "../../../src/ingest/rows/refusal.ts";
import { readRow, type RowName } from "../../../src/ingest/rows/row.ts";
import { mapped, row } from "./mapped.ts";

const failure = (kind: RowName, columns: Columns, map?: string) => {
  try {
    mapColumns("f.csv", kind, [columns], map);
  } catch (cause) {
    expect(cause).toBeInstanceOf(FileError);
    return (cause as Error).message;
  }
  throw new Error("no failure");
};

describe("columns with usual names are guessed", () => {
  test.each([
    [{ userId: "1", movieId: "2", event: "view" }],
    [{ UserId: "1", ItemId: "2", FeedbackType: "view" }],
    [{ USER_ID: "1", "video-id": "2", "Event Type": "View" }],
    [{ uid: "1", post: "2", action: "view" }],
  ])("%p", (columns) => {
    expect(row("events", columns)).toEqual({ user: "1", post: "2", kind: "view" });
  });

  test("the field's own name before all, and what is left over is named", () => {
    const { about } = mapped("posts", [
      { uuid: "1", id: "2", caption: "x", title: "y", colour: "z" },
    ]);
    expect(about).toEqual([
      "id = id (guessed)",
      "title = title (guessed)",
      "not used: uuid, caption, colour",
      "fields without a column: text, category, tags, creator, created_at, expires_at, duration_ms, language, hidden, card",
    ]);
  });

  test("but not one of several for what a row can't do without", () => {
    const why = failure("events", { user_id: "1", video_id: "2", item_id: "3", kind: "view" });
    expect(why).toContain("f.csv: post could be video_id or item_id");
    expect(why).toContain("--map post=COLUMN");
    expect(
      row("events", { user_id: "1", video_id: "2", item_id: "3", kind: "view" }, "post=item_id"),
    ).toEqual({
      user: "1",
      post: "3",
      kind: "view",
    });
  });

  test("and none is an error with the columns there are, and a map to start from", () => {
    const why = failure("events", { who: "1", what: "2" });
    expect(why).toContain("no column has a usual name for user (Id of who did it");
    expect(why).toContain("Columns: who, what");
    expect(why).toEndWith("Add --map user=COLUMN,post=COLUMN,kind=view");
  });
});

test("a field that no row of the sample has is filled where a later row of JSON has it", () => {
  const toRow = rowMapper("posts", mapColumns("f", "posts", [{ id: 1, title: "x" }]));
  expect(toRow({ id: 2, title: "y", tags: ["rope"] })).toEqual({
    id: 2,
    title: "y",
    tags: ["rope"],
  });
});

test("a title, which may be empty, can be left so", () => {
  expect(failure("posts", { id: "1" })).toEndWith(
    "Add --map title=COLUMN; title= leaves the title empty",
  );
  for (const title of ["", null, "NULL", "\\N"])
    expect(row("posts", { id: "1", title, text: title })).toEqual({ id: "1", title: "" });
});

test("any value of any field is taken or refused, and never throws", () => {
  const big = parseJson("12345678901234567890");
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(big), fc.date().map(Number));
  for (const kind of ["posts", "users", "events"] as const) {
    const names = Object.keys(ROWS[kind].fields);
    const rows = fc.record(Object.fromEntries(names.map((it) => [it, anything])));
    fc.assert(
      fc.property(rows, (columns) => {
        const toRow = rowMapper(kind, mapColumns("f", kind, [columns]));
        const found = readRow(kind, toRow(columns), 0);
        return found instanceof Refusal
          ? found.detail.startsWith("expected")
          : "id" in found || "user" in found;
      }),
    );
  }
});

describe("--map", () => {
  test("names columns, the kind of every event, and nothing", () => {
    const columns = { who: "1", what: "2", ts: "1714564800" };
    const { about, rows } = mapped("events", [columns], " user = who,post=what,kind=view");
    expect(rows).toEqual([{ user: "1", post: "2", kind: "view", at: 1_714_564_800_000 }]);
    expect(about).toEqual([
      "user = who",
      "post = what",
      'kind = always "view"',
      "at = ts (guessed)",
    ]);
    expect(row("posts", { id: "1" }, "title=")).toEqual({ id: "1", title: "" });
  });

  test("turns units: out of a highest value, and by a factor", () => {
    const columns = { user: "1", post: "2", kind: "rating", mark: "7", seconds: "1.5" };
    expect(row("events", columns, "value=mark/20,watched_ms=seconds*1000")).toMatchObject({
      value: 35,
      watched_ms: 1_500,
    });
    for (const [happened, factor] of [["1714564800", "*1000"], ["1714564800000000", "*0.001"]])
      expect(row("events", { ...columns, happened: happened! }, `at=happened${factor},value=`)).toMatchObject({ at: 1_714_564_800_000 }); // prettier-ignore
  });

  test("takes a known kind before a column of that name, and leaves out what no column is named for", () => {
    const columns = { user: "1", post: "2", rating: "3" };
    expect(row("events", columns, "value=rating/5,kind=rating")).toMatchObject({ kind: "rating", value: 60 }); // prettier-ignore
    const { about, rows } = mapped("events", [columns], "kind=view,value=");
    expect(rows).toEqual([{ user: "1", post: "2", kind: "view" }]);
    expect(about.slice(0, 2)).toEqual(['kind = always "view"', "value = nothing"]);
  });

  test.each([
    ["colour=a", "expected field=column, with one of the fields id, user, post"],
    ["user", "expected field=column"],
    ["user=b", "f.csv has no column b; it has a"],
    ["kind=viewed", "no column viewed"],
    ["user=a/5", "no column a/5"],
    ["value=b*5", "no column b*5"],
  ])("can't be %p", (map, words) => {
    expect(failure("events", { a: "1" }, map)).toContain(words);
  });
});

describe("words for kinds", () => {
  const kindOf = (word: string, kinds?: string) =>
    mapped("events", [{ user: "1", post: "2", kind: word }], undefined, kinds).rows[0]!["kind"];

  test("are those of Gorse, and what --kinds says", () => {
    expect(["Read", "star", "look"].map((it) => kindOf(it))).toEqual(["view", "like", "look"]);
    expect(kindOf("Thumbs up", "swiped=skip,thumbs UP=like")).toBe("like");
    expect(kindOf("watch", "watch=like")).toBe("like");
  });

  test("can't mean what is no kind", () => {
    expect(() => kindOf("a", "a=liked")).toThrow("--kinds a=liked: expected word=kind, with one");
    expect(() => kindOf("a", "like")).toThrow("--kinds like: expected");
  });
});
