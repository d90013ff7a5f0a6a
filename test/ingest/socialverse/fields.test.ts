/** Fields of each kind, whatever upstream sends for them. */
import { describe, expect, test } from "bun:test";
import {
  count,
  fault,
  flag,
  id,
  link,
  percent,
  rating,
  text,
  textOrNull,
  timeMs,
} from "../../../src/ingest/socialverse/fields.ts";

const NONE = [
  undefined,
  null,
  true,
  false,
  [],
  {},
  [7],
  { value: 7 },
  "",
  " ",
  "many",
  "0x10",
  "1,5",
];
const INFINITE = [Infinity, -Infinity, NaN, "1e999"];

describe("a count", () => {
  test.each([
    [12, 12],
    ["12", 12],
    [" 12 ", 12],
    ["1e3", 1_000],
    [7.9, 7],
    [-0.5, 0],
    [-1, 0],
    ["-19", 0],
    [1e308, 0],
    [2 ** 60, 0],
    ...[...NONE, ...INFINITE].map((it) => [it, 0] as const),
  ] as const)("of %p is %p", (value, expected) => expect(count(value)).toBe(expected));
});

describe("an average", () => {
  test.each([
    [-12.5, -12.5],
    ["71", 71],
    [-1e308, -98],
    [101, 100],
    ...[...NONE, ...INFINITE].map((it) => [it, 0] as const),
  ] as const)("of %p is %p", (value, expected) => expect(percent(value)).toBe(expected));
});

describe("a rating", () => {
  test.each([
    [64, 64],
    ["64", 64],
    [64.4, 64],
    [-98, -98],
    [-0.2, 0],
    [100, 100],
    ...[-99, 101, 1e308, ...NONE, ...INFINITE].map((it) => [it, undefined] as const),
  ] as const)("of %p is %p", (value, expected) => expect(rating(value)).toBe(expected));
});

describe("an id", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    ["12", "12"],
    ["0012", "12"],
    ["00", "0"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    ["9007199254740993", "9007199254740993"],
    ["9".repeat(128), "9".repeat(128)],
    ...["9".repeat(129), 2 ** 53, -1, 1.5, "1.0", "-1", " 1"].map((it) => [it, undefined] as const),
    ...[...NONE, ...INFINITE].map((it) => [it, undefined] as const),
  ] as const)("of %p is %p", (value, expected) => expect(id(value)).toBe(expected));
});

describe("a flag", () => {
  test.each([
    ...[true, 1, "1", "true", "TRUE", " True\n", "yes", "Yes"].map((it) => [it, true] as const),
    ...[false, 0, -0, "0", "false", " False ", "no", "NO"].map((it) => [it, false] as const),
    ...[null, 2, -1, NaN, "", "maybe", "2", "1.0", [], {}, [true], { value: true }].map(
      (it) => [it, undefined] as const,
    ),
  ] as const)("of %p is %p", (value, expected) => {
    expect(flag(value, true)).toBe(expected);
    expect(flag(value, false)).toBe(expected);
  });

  test("left out is what the caller says", () => {
    expect([flag(undefined, true), flag(undefined, false)]).toEqual([true, false]);
  });
});

describe("a time", () => {
  const AT = Date.UTC(2024, 1, 29, 10);
  test.each([
    [AT, AT],
    [String(AT), AT],
    [AT / 1_000, AT],
    ["2024-02-29 10:00:00", AT],
    ["2024-02-29T12:00:00+02:00", AT],
    [AT + 0.5, AT],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
    [8.64e15, 8.64e15],
    [-1, 0],
    [-1e12, 0],
    ["1969-12-31 23:59:59", 0],
    ...[8.65e15, 1e20, -1e20, "0000-00-00 00:00:00", "yesterday"].map(
      (it) => [it, undefined] as const,
    ),
    ...[...NONE, ...INFINITE].map((it) => [it, undefined] as const),
  ] as const)("of %p is %p", (value, expected) => expect(timeMs(value)).toBe(expected));
});

describe("text", () => {
  test("is cut where it is too long, never within a letter", () => {
    expect(text("x".repeat(1_000_000))).toHaveLength(2_000);
    const cut = text(`x${"🎈".repeat(1_000_000)}`);
    expect(cut).toHaveLength(1_999);
    expect(cut.isWellFormed()).toBeTrue();
  });

  test("is a number's digits, and nothing of anything else", () => {
    expect([text(12345), text("  as it is "), text("")]).toEqual(["12345", "  as it is ", ""]);
    for (const it of [undefined, null, true, [], {}, ["x"], { name: "x" }, NaN, Infinity])
      expect([text(it), textOrNull(it) ?? ""]).toEqual(["", ""]);
    expect([textOrNull(null), textOrNull(""), textOrNull("hirer")]).toEqual([null, "", "hirer"]);
  });
});

describe("a link", () => {
  test.each([
    ["https://video.example.test/1.mp4?sig=a@b#t=3", undefined],
    ["/media/@ada/1.mp4", undefined],
    ["", undefined],
    ["https://bob:HUNTER2@video.example.test/1.mp4", "https://video.example.test/1.mp4"],
    ["HTTP://HUNTER2@video.example.test", "HTTP://video.example.test"],
    ["//bob:HUNTER2@video.example.test/1", "//video.example.test/1"],
    [" https:bob:HUNTER2@video.example.test/1", " https:video.example.test/1"],
    ["https:\\\\bob:HUNTER2@video.example.test", "https:\\\\video.example.test"],
    ["ftp://bob:p@HUNTER2@files.example.test/1", "ftp://files.example.test/1"],
  ])("has no user and password: %p", (value, expected = value) => {
    expect(link(value)).toBe(expected);
  });

  test("is none if it is no text, or too long to be one", () => {
    for (const it of [undefined, null, 7, [], {}, `https://x.test/${"x".repeat(5_000)}`])
      expect(link(it)).toBe("");
  });
});

test("a fault names the kind of a value, and never the value", () => {
  const values = [
    undefined,
    null,
    ["SECRET"],
    { SECRET: 1 },
    true,
    " ",
    "SECRET",
    "-5",
    1e300,
    1.5,
  ];
  expect(values.map(fault)).toEqual([
    ...["missing", "null", "a list", "an object", "true or false", "empty", "text", "below 0"],
    ...["above 2^53", "a fraction"],
  ]);
  expect([Infinity, -Infinity, "9007199254740993", 7].map(fault)).toEqual([
    ...["above 2^53", "below 0", "above 2^53", "out of range"],
  ]);
});
