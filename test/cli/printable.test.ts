import { describe, expect, test } from "bun:test";
import { PassThrough } from "node:stream";
import { openConsole, openOutput } from "../../src/cli/console.ts";
import { oneLine, printable } from "../../src/cli/printable.ts";
import { table } from "../../src/cli/table.ts";

/** Titles that would do something to a terminal. */
const HOSTILE = [
  ["a colour", "a\x1b[31mb\x1b[0m"],
  ["a cleared screen", "a\x1b[2J\x1b[Hb"],
  ["a window's title", "a\x1b]0;pwned\x07b"],
  ["a link", "\x1b]8;;http://evil.test\x1b\\a\x1b]8;;\x1b\\b"],
  ["a clipboard", "a\x1b]52;c;cm0gLXJm\x07b"],
  ["a sequence in 8 bits", "a\x9b31mb"],
  ["a reset", "a\x1bcb"],
  ["half a sequence", "ab\x1b["],
  ["a sequence inside another", "a\x1b[3\x1b[31m1mb"],
  ["a bell and a backspace", "a\x07\x08b"],
  ["NUL and DEL", "a\0\x7fb"],
  ["a return to the beginning", "a\rb"],
  ["a next line in 8 bits", "a\x85b"],
  ["a further end of line", "a\u2028b\u2029"],
  ["a reversal", "a\u202eb\u2066\u2069\u200f\u061c"],
  ["half a character", "a\ud83db"],
  ["a byte order mark", "\ufeffab"],
] as const;

/** Characters that only a terminal sees. */
const UNSEEN =
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]/;

/** A stream as the program writes to, and what it was given. */
function paper() {
  const stream = new PassThrough();
  return { stream: stream as unknown as NodeJS.WriteStream, said: () => String(stream.read()) };
}

describe.each(HOSTILE)("%s in foreign text", (_, hostile) => {
  const harmless = (text: string) => {
    expect(text).not.toMatch(UNSEEN);
    expect(text).toMatch(/a.*b/);
  };

  test("is not printed", async () => {
    const { stream, said } = paper();
    const { print, written } = openOutput(stream);
    print(hostile);
    await written();
    harmless(said());
  });

  test("is not logged", () => {
    const { stream, said } = paper();
    openConsole(stream, () => 0).log(hostile);
    harmless(said());
  });

  test("does not move the other cells of a row", () => {
    const [head, row] = table(["t", "n"], [[hostile, "1"]]).split("\n");
    harmless(row!);
    expect(row!.lastIndexOf("1")).toBe(head!.lastIndexOf("n"));
  });
});

test("letters of every script, combined pictures and line feeds stay as they are", () => {
  for (const text of ["朝の習慣", "שלום", "مرحبا", "é e\u0301", "👩‍👩‍👧", "a\nb", "→ ± “a”"])
    expect(printable(text)).toBe(text);
});

test("a foreign line feed makes no line of its own: in a cell, a report, the log", () => {
  expect(table(["t"], [["a\nb\r\n\u2028c"]])).toBe("t\na b c");
  expect(oneLine("a\n2026-01-01T00:00:00Z all is well")).not.toContain("\n");
  const { stream, said } = paper();
  openConsole(stream, () => 0).log("a\n2026-01-01T00:00:00Z all is well");
  expect(said().split("\n").slice(1)).toEqual(["  2026-01-01T00:00:00Z all is well", ""]);
});
