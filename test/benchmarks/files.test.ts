import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { numbersOf, rowsOf } from "../../src/benchmarks/files.ts";
import { DataError } from "../../src/benchmarks/experiment.ts";
import { temporaryFolder } from "../support/folder.ts";

const withFile = async <T>(
  text: string,
  read: (path: string) => Promise<T>,
): Promise<T | unknown> => {
  using folder = temporaryFolder();
  const path = join(folder.path, "file");
  writeFileSync(path, text);
  return await read(path).catch((it: unknown) => it);
};

describe("a file of a data set", () => {
  test("is read by the names in its first line, quotes and byte order mark or not", async () => {
    const text = '\ufeffmovieId,title\n11,"American President, The (1995)"\n12,"Say ""Hi"""\n';
    expect(await withFile(text, (path) => rowsOf(path, ["movieId", "title"], ","))).toEqual([
      { movieId: "11", title: "American President, The (1995)" },
      { movieId: "12", title: 'Say "Hi"' },
    ]);
  });

  test("parted by tabs has no quotes, and may have empty fields", async () => {
    const text = 'user_id\twatch_seq\tlike_seq\n7\t"1 2\t\n';
    expect(await withFile(text, (path) => rowsOf(path, ["user_id", "like_seq"], "\t"))).toEqual([
      { user_id: "7", watch_seq: '"1 2', like_seq: "" },
    ]);
  });

  test("may be lists of numbers", async () => {
    expect(await withFile("0 4 5\n\n2\n", numbersOf)).toEqual([[0, 4, 5], [2]]);
  });

  test.each([
    ["lacks a column", "a,b\n1,2\n", (path: string) => rowsOf(path, ["c"], ","), "no column c"],
    ["has a broken row", "a,b\n1,2,3\n", (path: string) => rowsOf(path, ["a"], ","), "file"],
    ["is empty", "", (path: string) => rowsOf(path, ["a"], ","), "no rows"],
    ["has a header only", "a\n", (path: string) => rowsOf(path, ["a"], ","), "no rows"],
    ["holds words", "1 2\n1 x\n", numbersOf, "line 2 is not a list of numbers"],
  ] as const)("that %s is an error that names it", async (_, text, read, message) => {
    const it = await withFile(text, read as (path: string) => Promise<unknown>);
    expect(it).toBeInstanceOf(DataError);
    expect((it as Error).message).toContain(message);
  });

  test("that is missing says which option names its folder", async () => {
    const it = await numbersOf("nowhere/ml-1m/a.txt").catch((cause: unknown) => cause);
    expect((it as Error).message).toContain("nowhere/ml-1m/a.txt");
    expect((it as Error).message).toContain("--data");
  });
});
