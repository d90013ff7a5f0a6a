/** Importing a file: every row reaches the sink, an interrupted run goes on, a dry one writes nothing. */
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importFile, type ImportOptions } from "../../../src/ingest/files/import-file.ts";
import { folderOfTests } from "../../support/test-folder.ts";

const folder = folderOfTests();

/** Rows of a file; every hundredth is of no known kind. */
const COUNT = 250_000;
const lines = Array.from({ length: COUNT }, (_, n) =>
  JSON.stringify({ user: `u${n}`, post: "p", kind: n % 100 === 0 ? "look" : "view" }),
);
const LONG = `${lines.join("\n")}\n`;

const options = (): ImportOptions<"events"> => ({
  nowMs: Date.UTC(2026, 0),
  notePath: join(folder.path, "import.json"),
  onOpen: () => {},
  onProgress: () => {},
});
const fileOf = (name: string, content: string) => {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
};
const refusedOf = (path: string) =>
  readFileSync(`${path}.refused.ndjson`, "utf8")
    .trim()
    .split("\n")
    .map((it) => (JSON.parse(it) as { row: number }).row);

test("all rows reach the sink, refused ones the file beside, and progress its end", async () => {
  const path = fileOf("short.csv", "user,post,kind\na,1,view\nb,2,look\nc,3,view\nd,4,see\n");
  const users: string[] = [];
  const progress: number[] = [];
  const found = await importFile(path, "events", {
    ...options(),
    sink: async (rows) => {
      users.push(...rows.map((it) => it.user));
      return 1;
    },
    onProgress: (read, size) => progress.push(read / size),
  });
  expect(users).toEqual(["a", "c"]);
  expect(found).toMatchObject({ taken: 2, refused: 2, first: [{ user: "a" }, { user: "c" }] });
  expect(found.reasons).toEqual([expect.objectContaining({ row: 3, field: "kind", count: 2 })]);
  expect(refusedOf(path)).toEqual([3, 5]);
  expect(progress.at(-1)).toBe(1);
  expect(existsSync(options().notePath)).toBe(false);
});

describe("a run that ends early", () => {
  /** Imports with a sink that fails once it has so many rows. */
  const upTo = async (path: string, users: string[], limit: number, more = {}) =>
    await importFile(path, "events", {
      ...options(),
      ...more,
      sink: async (rows) => {
        if (users.length + rows.length > limit) throw new Error("disk full");
        users.push(...rows.map((it) => it.user));
        return rows.length;
      },
    }).catch((it: Error) => it.message);

  test("is gone on with: nothing is missing, nothing taken or refused twice", async () => {
    const path = fileOf("long.ndjson", LONG);
    const users: string[] = [];
    expect(await upTo(path, users, 150_000)).toBe("disk full");
    const before = users.length;
    expect(before).toBeGreaterThan(100_000);
    expect(await upTo(path, users, COUNT)).toMatchObject({
      taken: COUNT * 0.99,
      changed: COUNT * 0.99,
      refused: COUNT * 0.01,
    });
    expect(users).toHaveLength(COUNT * 0.99);
    expect(new Set(users).size).toBe(COUNT * 0.99);
    expect(refusedOf(path)).toEqual(Array.from({ length: COUNT * 0.01 }, (_, n) => n * 100 + 1));
  });

  test("begins anew if the file or its mapping is another one", async () => {
    const path = fileOf("changed.ndjson", LONG);
    const users: string[] = [];
    await upTo(path, users, 50_000);
    const again: string[] = [];
    await upTo(path, again, 50_000, { map: "kind=kind" });
    expect(again[0]).toBe("u1");
    writeFileSync(path, `${LONG}{"user":"last","post":"p","kind":"view"}\n`);
    const whole: string[] = [];
    expect(await upTo(path, whole, COUNT, { map: "kind=kind" })).toMatchObject({
      taken: COUNT * 0.99 + 1,
    });
    expect(whole.at(-1)).toBe("last");
  });
});

test("values nested beyond measure are refused, and end nothing", async () => {
  const deep = `{"user":"a","post":"p","kind":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  const path = fileOf("deep.ndjson", `${lines[1]}\n${deep}\n${lines[2]}\n`);
  const found = await importFile(path, "events", { ...options(), sink: async () => 1 });
  expect(found).toMatchObject({ taken: 2, refused: 1 });
  expect(refusedOf(path)).toEqual([2]);
  const json = importFile(fileOf("deep.json", `[${deep}]`), "events", options());
  expect(await json.catch((it: Error) => it.message)).toContain("more than 1000 levels");
});

test("of a pipe, which can't be read again, nothing is noted", async () => {
  const path = join(folder.path, "pipe");
  expect(Bun.spawnSync(["mkfifo", path]).exitCode).toBe(0);
  const writing = Bun.spawn(["sh", "-c", 'printf \'[{"user":"a","post":"p","kind":"view"},\' > "$0"', path]);
  const found = importFile(path, "events", { ...options(), sink: async (rows) => rows.length });
  expect(await found.catch((it: Error) => it.message)).toContain("is no JSON after row 1");
  expect(await writing.exited).toBe(0);
  expect(existsSync(options().notePath)).toBeFalse();
}); // prettier-ignore

test("a note that a power cut left empty is none", async () => {
  const path = fileOf("cut.csv", "user,post,kind\na,1,view\n");
  writeFileSync(options().notePath, "");
  const found = await importFile(path, "events", { ...options(), sink: async () => 1 });
  expect(found).toMatchObject({ taken: 1, changed: 1 });
});

test("without a sink nothing is written", async () => {
  const path = fileOf("dry.csv", "user,post,kind\na,1,look\nb,2,view\n");
  const before = readdirSync(folder.path);
  const about: string[] = [];
  const found = await importFile(path, "events", {
    ...options(),
    onOpen: (it) => about.push(...it.about),
  });
  expect(found).toMatchObject({ taken: 1, changed: 0, refused: 1 });
  expect(about).toContain("user = user (guessed)");
  expect(readdirSync(folder.path)).toEqual(before);
});
