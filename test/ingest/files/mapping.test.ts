/** Mapping of columns to fields: guessed where names are usual, told otherwise, shown always. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { FileError, type Columns } from "../../../src/ingest/files/contract.ts";
import { kindWords } from "../../../src/ingest/files/kind-words.ts";
import { describeMapping, mapColumns, rowMapper } from "../../../src/ingest/files/mapping.ts";
import { ROWS } from "../../../src/ingest/rows/fields.ts";
import { exactNumber, parseJson } from "../../../src/ingest/rows/json.ts";
import { Refusal } from "../../../src/ingest/rows/refusal.ts";
import { readRow, type RowName } from "../../../src/ingest/rows/row.ts";

const mapped = (kind: RowName, sample: readonly Columns[], map?: string, kinds?: string) => {
  const mapping = mapColumns("f.csv", kind, sample, map);
  const rows = sample.map(rowMapper(kind, mapping, kindWords(kinds)));
  return { about: describeMapping(mapping), rows };
};
const failure = (kind: RowName, columns: Columns, map?: string) => {
  try {
    mapColumns("f.csv", kind, [columns], map);
  } catch (cause) {
    expect(cause).toBeInstanceOf(FileError);
    return (cause as Error).message;
  }
  throw new Error("no failure");
};
const row = (kind: RowName, columns: Columns, map?: string) => mapped(kind, [columns], map).rows[0];

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
  for (const title of ["", null])
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

test("Unix times are in the unit that their size says", () => {
  const at = (ts: unknown) => row("events", { user: "1", post: "2", kind: "view", ts })?.["at"];
  for (const unit of [1n, 1_000n, 1_000_000n, 1_000_000_000n]) {
    const digits = String(1_714_564_800n * unit);
    expect(at(digits)).toBe(1_714_564_800_000);
    expect(at(exactNumber(digits))).toBe(1_714_564_800_000);
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
