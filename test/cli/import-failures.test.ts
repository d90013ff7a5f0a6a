/** Imports that fail or end early: they say what to do, and the next one goes on. */
import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../support/run.ts";
import { EVENTS, importing } from "./imports.ts";

const { folder, place, file, data, doing, store } = importing();

describe("what can't be imported ends with a message that says what to do:", () => {
  const table = [
    ["columns that are not known", ["posts"], "a,b\n1,2\n", 1, /Add --map id=COLUMN,title=COLUMN/],
    ["a map of a column that is not there", ["posts", "--map=id=x,title=b"], "a,b\n1,2\n", 1, /no column x/],
    ["a map beside a preset", ["posts", "--map=id=a", "--preset=movielens"], "a\n1\n", 2, /take it alone/],
    ["a preset for other files", ["posts", "--preset=kuairand"], "a,b\n1,2\n", 1, /holds no posts/],
    ["a workbook", ["posts"], "PK\x03\x04\x00", 1, /is no text: save it as CSV/],
  ] as const; // prettier-ignore
  test.each(table)("%s", async (_, words, content, code, message) => {
    const found = await doing(...words, file("it.csv", content));
    expect(found.code).toBe(code);
    expect(found.logged).toMatch(message);
  });

  test("a file that is not there", async () => {
    expect((await doing("posts", place("none.csv"))).logged).toContain("none.csv can't be read");
  });

  test("refused rows whose file can't be written", async () => {
    mkdirSync(place("events.csv.refused.ndjson"));
    const { code, logged } = await doing("events", file("events.csv", EVENTS));
    expect([code, logged]).toEqual([1, expect.stringContaining("can't be written")]);
  });
});

test.each(["evaluate", "tune"])("what %s needs, an import brings, as it says", async (command) => {
  const { code, logged } = await run([command], { ...data(), CATALOGUE: "own" });
  expect([code, logged]).toEqual([1, expect.stringContaining("`vidrec import events FILE` first")]);
});

describe("an import that ends early", () => {
  const COUNT = 250_000;
  const REFUSED = COUNT / 1_000;
  const many = () =>
    file("many.ndjson", Array.from({ length: COUNT }, (_, n) => `{"user":"u${n}","post":"p","kind":"${n % 1_000 === 0 ? "look" : "view"}"}\n`).join("")); // prettier-ignore

  test("killed at any moment, goes on from what it noted: every row is stored once, every refusal written once", async () => {
    const path = many();
    const kill = async (afterEvents: number) => {
      const child = Bun.spawn(
        [process.execPath, join(import.meta.dir, "../../src/main.ts"), "import", "events", path],
        { env: { HOME: folder.path, ...data() }, stdout: "ignore", stderr: "ignore" },
      );
      const stored = async () => {
        if (!existsSync(place("data/own/store.db"))) return 0;
        using it = store();
        return await it.events.count();
      };
      while (child.exitCode === null && (await stored()) < afterEvents) await Bun.sleep(1);
      child.kill("SIGKILL");
      await child.exited;
      return await stored();
    };
    const first = await kill(1);
    expect(first).toBeGreaterThan(0);
    await kill(first + 1);
    const { printed } = await doing("events", path);
    expect(printed).toContain(`${COUNT - REFUSED} events`);
    expect(readFileSync(`${path}.refused.ndjson`, "utf8").trim().split("\n")).toHaveLength(REFUSED);
    using it = store();
    expect(await it.events.count()).toBe(COUNT - REFUSED);
    expect(readdirSync(place("data/own/imports"))).toEqual([]);
  }, 300_000);

  test("another store knows nothing of its notes", async () => {
    const path = file("events.csv", EVENTS.replace(/.*look.*\n/, ""));
    await doing("events", path);
    const notes = place("data/own/imports");
    const name = new Bun.CryptoHasher("sha256").update(path).digest("hex");
    writeFileSync(join(notes, `${name}.json`), JSON.stringify({ key: "another store's", done: { last: 99 } }));
    expect((await doing("events", path)).printed).toContain("2 events, 0 new");
  }); // prettier-ignore

  test("on a full disk, says so and how to go on", async () => {
    const path = many();
    const script = `ulimit -f 3000; trap '' XFSZ; exec "${process.execPath}" "${join(import.meta.dir, "../../src/main.ts")}" import events "${path}"`;
    const child = Bun.spawn(["bash", "-c", script], {
      env: { HOME: folder.path, PATH: process.env["PATH"]!, ...data() },
      stdout: "ignore",
      stderr: "pipe",
    });
    expect(await new Response(child.stderr).text()).toMatch(/cannot be used .*run the same command again to go on/);
    expect(await child.exited).toBe(1);
    expect((await doing("events", path)).code).toBe(0);
    using it = store();
    expect(await it.events.count()).toBe(COUNT - REFUSED);
  }, 300_000); // prettier-ignore
});
