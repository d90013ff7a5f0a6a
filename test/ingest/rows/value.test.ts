/** The bounds of every kind of value. */
import { describe, expect, test } from "bun:test";
import { parseJson } from "../../../src/ingest/rows/json.ts";
import { Refusal } from "../../../src/ingest/rows/refusal.ts";
import { rowSchema } from "../../../src/ingest/rows/json-schema.ts";
import { readRow } from "../../../src/ingest/rows/row.ts";

const NOW_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const post = (more: object) => readRow("posts", { id: "p1", title: "Knots", ...more }, NOW_MS);
const detail = (it: object) => (it instanceof Refusal ? `${it.field}: ${it.detail}` : "taken");

describe("an id", () => {
  test.each([
    ["a", "a"],
    ["at://did:plc:x/app.bsky.feed.post/3k", "at://did:plc:x/app.bsky.feed.post/3k"],
    [0, "0"],
    [-1, "-1"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    ["é".repeat(64), "é".repeat(64)],
  ])("may be %p", (id, expected) => expect(post({ id })).toMatchObject({ id: expected }));

  test.each([
    ["", "is empty"],
    ["é".repeat(65), "has 130 bytes"],
    ["a\u0007", "control character"],
    ["\ud800", "well-formed"],
    [1.5, "or an integer, got 1.5"],
    [2 ** 53, "or an integer"],
    [true, "got true"],
    [{ id: 1 }, "got an object"],
    [["a"], "got a list"],
  ])("can't be %p", (id, words) => expect(detail(post({ id }))).toContain(words));

  test("keeps all digits of a number that a double can't hold", () => {
    const row = parseJson('{"id":12345678901234567890,"title":"x","card":{"n":-9007199254740993}}');
    expect(readRow("posts", row, NOW_MS)).toEqual({
      id: "12345678901234567890",
      title: "x",
      card: '{"n":-9007199254740993}',
    });
    expect(parseJson('{"a":1234567890123456.5,"b":1e300}')).toEqual({
      a: 1234567890123456.5,
      b: 1e300,
    });
  });
});

describe("a time", () => {
  test.each([
    ["2024-02-29T23:59:59Z", Date.UTC(2024, 1, 29, 23, 59, 59)],
    ["2024-02-29t23:59:59.25z", Date.UTC(2024, 1, 29, 23, 59, 59, 250)],
    ["2024-02-29 23:59:59-01:30", Date.UTC(2024, 2, 1, 1, 29, 59)],
    ["1895-12-28T00:00:00Z", Date.UTC(1895, 11, 28)],
    [1_700_000_000_000, 1_700_000_000_000],
    [0, 0],
    [NOW_MS + DAY_MS, NOW_MS + DAY_MS],
  ])("may be %p", (created_at, expected) =>
    expect(post({ created_at })).toMatchObject({ created_at: expected }),
  );

  test.each([
    [1_700_000_000, "looks like seconds: multiply by 1000"],
    [1_700_000_000_000_000, "looks like micro- or nanoseconds"],
    ["1700000000000", "expected an RFC 3339 time"],
    ["2024-05-01", "write 2024-05-01T00:00:00Z for its first moment in UTC"],
    [-5, "expected an RFC 3339 time such as 2024-05-01T12:00:00Z, or Unix milliseconds, got -5"],
    ["2024-05-01T12:00:00", "2024-05-01T12:00:00Z if it is UTC"],
    ["2023-02-29T00:00:00Z", "a day that exists"],
    ["0001-01-01T00:00:00Z", "which Go sends for none: leave it out"],
    ["2024-13-01T00:00:00Z", "a day that exists"],
    ["2024-00-01T00:00:00Z", "a day that exists"],
    ["2024-01-01T24:00:00Z", "expected an RFC 3339 time"],
    [NOW_MS + DAY_MS + 1, "more than a day ahead of this machine's clock"],
    ["2027-01-01T00:00:00Z", "got 2027-01-01T00:00:00.000Z, more than a day ahead"],
    [Number.NaN, "expected Unix milliseconds"],
    [null, "taken"],
  ])("can't be %p", (created_at, words) => expect(detail(post({ created_at }))).toContain(words));

  test("of an expiry may lie in the future", () => {
    expect(post({ expires_at: "2099-01-01T00:00:00Z" })).toMatchObject({
      expires_at: Date.UTC(2099, 0),
    });
  });
});

describe("a text", () => {
  test("may be empty, and has a bound", () => {
    expect(post({ title: "" })).toMatchObject({ title: "" });
    expect(detail(post({ title: "x".repeat(1_000) }))).toBe("taken");
    expect(detail(post({ title: "x".repeat(1_001) }))).toContain(
      "at most 1000 characters, got 1001",
    );
    expect(detail(post({ text: "x".repeat(20_001) }))).toContain("at most 20000");
  });

  test("half of a surrogate pair, as of a cut emoji, is replaced; the character 0 is refused", () => {
    expect(post({ title: "cut \ud83d" })).toMatchObject({ title: "cut \ufffd" });
    expect(detail(post({ title: "a\0b" }))).toContain("U+0000");
    expect(detail(post({ title: 5 }))).toBe("title: expected text, got 5");
  });
});

test("names are one or a list, few and short", () => {
  expect(post({ category: ["a", "b", "a"] })).toMatchObject({ category: ["a", "b"] });
  const many = Array.from({ length: 51 }, (_, n) => `tag${n}`);
  expect(detail(post({ tags: many }))).toBe("tags: expected at most 50 names, got 51");
  expect(detail(post({ tags: many.slice(1) }))).toBe("taken");
  expect(detail(post({ category: ["a", 5] }))).toBe("category: expected text, got 5");
  expect(detail(post({ tags: ["x".repeat(129)] }))).toContain("at most 128");
});

test("flags, languages and lengths are of their type and range", () => {
  for (const hidden of ["true", 1, "no"])
    expect(detail(post({ hidden }))).toContain("true or false");
  for (const language of ["en", "pt-BR", "zh-Hant-TW", "sr_Latn"])
    expect(detail(post({ language }))).toBe("taken");
  for (const language of ["", "english language", "e", 5])
    expect(detail(post({ language }))).toContain("a language tag");
  for (const duration_ms of [0, -1, 604_800_001, "5", Number.NaN, Infinity])
    expect(detail(post({ duration_ms }))).toContain("a number from 1 to 604800000");
  expect(detail(post({ duration_ms: 604_800_000 }))).toBe("taken");
});

describe("a card", () => {
  test("is any JSON, as its text", () => {
    for (const card of [{ a: [1, "é", null] }, [1], "x", 5, false])
      expect(post({ card })).toMatchObject({ card: JSON.stringify(card) });
  });

  test("has at most 16 kB, counted in bytes", () => {
    expect(detail(post({ card: "x".repeat(16_382) }))).toBe("taken");
    expect(detail(post({ card: "x".repeat(16_383) }))).toContain(
      "at most 16384 bytes of JSON, got 16385",
    );
    expect(detail(post({ card: "é".repeat(8_192) }))).toContain("got 16386");
  });

  test("is not deep, however deep it is sent", () => {
    const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));
    expect(detail(post({ card: nested(32) }))).toBe("taken");
    for (const levels of [33, 100_000])
      expect(detail(post({ card: nested(levels) }))).toContain("at most 32 lists and objects");
  });
});

test("a refusal shows short values and no long ones", () => {
  expect(detail(post({ language: "not a language" }))).toContain('got "not a language"');
  expect(detail(post({ language: "secret".repeat(20) }))).toContain("got text of 120 characters");
});

test("the schema names every field, and what a row can't do without", () => {
  const schema = rowSchema("posts") as { properties: object; required: string[] };
  expect(Object.keys(schema.properties)).toContain("expires_at");
  expect(schema.required).toEqual(["id", "title"]);
  const patch = rowSchema("posts", { isPatch: true }) as {
    properties: object;
    required?: string[];
  };
  expect(Object.keys(patch.properties)).not.toContain("id");
  expect(patch.required).toBeUndefined();
});
