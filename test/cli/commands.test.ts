import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLease } from "../../src/data/sqlite/open.ts";
import { vidrec } from "../support/cli.ts";
import { dayLasts } from "../support/day.ts";
import { plainDataset } from "../support/dataset.ts";
import { temporaryFolder } from "../support/folder.ts";
import { serveSocialverse, TOKEN } from "../support/socialverse.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const SIZE = { users: 20, posts: 40 };
const standIn = serveSocialverse({ data: plainDataset(SIZE) });
const filled = temporaryFolder();
afterAll(() => {
  standIn[Symbol.dispose]();
  filled[Symbol.dispose]();
});

const settings = { FLIC_TOKEN: TOKEN, RESONANCE_ALGORITHM: "any", API_BASE_URL: standIn.url };
const run = (args: readonly string[], cwd = filled.path) => vidrec(args, cwd, settings);
const last = (err: string) => err.trim().split("\n").at(-1)!;

describe("in an empty folder", () => {
  test.each([
    ["learn", "run `vidrec sync` first"],
    ["evaluate", "run `vidrec sync` first"],
    ["feed ada", "run `vidrec serve`, or wait"],
    ["why ada 7", "run `vidrec serve`, or wait"],
  ])("%s ends with 1 and says what to run before", async (words, whatToDo) => {
    using folder = temporaryFolder();
    const { code, out, err } = await run(words.split(" "), folder.path);
    expect(code).toBe(1);
    expect(last(err)).toContain(whatToDo);
    expect(last(err)).toContain("cache"); // where it looked
    expect(out).toBe("");
  });

  test("sync names unreadable rows with advice, and ends with 1", async () => {
    using folder = temporaryFolder();
    standIn.fault({ kind: "status", status: 401, on: "users" });
    const { code, out, err } = await run(["sync"], folder.path);
    standIn.heal();
    expect(code).toBe(1);
    expect(out).toMatch(/^users +failed/m);
    expect(out).toContain("check FLIC_TOKEN");
    expect(out).toMatch(/^posts +complete +40 rows, 40 new or changed/m);
    expect(out + err).not.toContain(TOKEN);
  });
});

test.each(["sync", "learn", "feed ada", "evaluate"])(
  "%s with a file in the place of its folder ends with 2 and names the setting",
  async (words) => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "file"), "");
    const DATA_DIR = join(folder.path, "file");
    const { code, err } = await vidrec(words.split(" "), folder.path, { ...settings, DATA_DIR });
    expect(code).toBe(2);
    expect(err).toContain(`DATA_DIR=${JSON.stringify(DATA_DIR)}: expected a folder`);
  },
);

describe.each(["sync", "learn"])("%s beside a process that syncs and learns", (command) => {
  test("ends with 1, names it and leaves it alone", async () => {
    using folder = temporaryFolder();
    const lock = await openLease(join(folder.path, "cache", "lock.db")).take(
      "vidrec serve (process 4711)",
    );
    if ("heldBy" in lock) throw new Error(lock.heldBy);
    const asked = standIn.count();
    const { code, err } = await run([command], folder.path);
    lock.release();
    expect(code).toBe(1);
    expect(err).toContain("vidrec serve (process 4711)");
    expect(err).toContain("wait until it ends, or stop it first");
    expect(standIn.count()).toBe(asked);
  });
});

describe("from upstream to a feed", () => {
  beforeAll(async () => {
    const synced = await run(["sync"]);
    expect(synced).toMatchObject({ code: 0 });
    for (const [list, rows] of [
      ["users", 20],
      ["posts", 40],
      ["view", 160],
    ] as const)
      expect(synced.out).toMatch(new RegExp(`^${list} +complete +${rows} rows`, "m"));
    const learnt = await run(["learn"]);
    expect(learnt).toMatchObject({ code: 0 });
    expect(learnt.out).toContain("40 posts (40 with a vector), 640 events");
    expect(learnt.out).toMatch(/^term .*alone$/m);
    expect(learnt.err).toContain("encoding texts 150/150");
  });

  test("a second sync of the day fetches nothing without --force", async () => {
    await dayLasts();
    await run(["sync"]);
    const asked = standIn.count();
    const { code, out } = await run(["sync"]);
    expect(code).toBe(0);
    expect(out.match(/skipped  read earlier today; --force/g)).toHaveLength(6);
    expect(standIn.count()).toBe(asked);
    const forced = await run(["sync", "--force"]);
    expect(forced.out).toMatch(/^posts +complete +40 rows, 0 new or changed, 0 withdrawn$/m);
  });

  test("feed prints who it is for, the posts with their reasons, and the trace", async () => {
    const { code, out } = await run(["feed", "user7", "--size", "5"]);
    expect(code).toBe(0);
    const [head, columns, ...rest] = out.trimEnd().split("\n");
    expect(head).toMatch(/^user7: user 7, warm; snapshot \d{8}T\d{9}Z$/);
    expect(columns).toMatch(/^ +id +title +score +sources +why$/);
    expect(rest).toHaveLength(5 + 4);
    const ids = rest.slice(0, 5).map((it) => Number(it.trim().split(/\s+/)[1]));
    expect(ids.every((id) => id >= 1 && id <= SIZE.posts)).toBe(true);
    expect(ids.some((id) => id % 5 === 7 % 5)).toBe(false); // all of these are seen
    const [eligible, keptOut, found, moved] = rest.slice(5);
    expect(eligible).toBe("eligible: 32");
    expect(keptOut).toBe(
      "kept out: withdrawn 0, private 0, locked 0, hidden 0, expired 0, seen 8, disliked 0, creator 0, category 0, excluded 0, served 0",
    );
    expect(found).toMatch(/^found: collaborative \d+, .*mood 0, steering 0$/);
    expect(moved).toMatch(/^moved: duplicates \d+, diversity \d+, exploration \d+$/);
  });

  test("why says why a post is in a feed or not, in words and as JSON", async () => {
    const shown = await run(["feed", "user7", "--size", "1"]);
    const [, best] = /^1 +(\d+)/m.exec(shown.out)!;
    const first = await run(["why", "user7", best!]);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(
      /^user7: user 7, warm; snapshot \w+\nIt is at rank 1 of 32\. .* Posts that you have seen follow: 8\.\n/,
    );
    expect(first.out).toMatch(/^found by: .*\nscore: .*\nrank by score: \d+$/m);
    const seen = await run(["why", "user7", "2", "--json"]);
    expect(seen).toMatchObject({ code: 0 });
    const answer = JSON.parse(seen.out);
    expect(answer).toMatchObject({ eligible: false, reasons: ["seen"], found_by: [], terms: {} });
    expect(answer).toMatchObject({ rank_before: null, meta: { user: { id: "7", known: true } } });
    const unknown = await run(["why", "user7", "nope"]);
    expect(unknown.code).toBe(1);
    expect(last(unknown.err)).toContain("there is no post nope");
  });

  test("feed of an unknown name is a newcomer's, and says so", async () => {
    const { code, out } = await run(["feed", "nobody", "--size", "1"]);
    expect(code).toBe(0);
    expect(out).toStartWith("nobody: unknown, cold; snapshot ");
  });

  test("feed understands a category and a misspelt mood", async () => {
    const words = ["feed", "user7", "--project-code", "vible", "--mood", "calmm", "--size", "2"];
    const { code, out } = await run(words);
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toContain("match category, mood:calm");
  });

  test("evaluate refuses --split and --share with a benchmark, which has its own split", async () => {
    const { code, out, err } = await run(["evaluate", "P1", "--share", "0.2"]);
    expect([code, out]).toEqual([2, ""]);
    expect(last(err)).toContain("P1 says itself what is held out");
  });

  test("evaluate rolling has options of its own, and says when there were too few weeks", async () => {
    const none = await run(["evaluate", "rolling", "--weeks", "1"]);
    expect([none.code, none.out]).toEqual([1, ""]);
    expect(last(none.err)).toContain("roll through more with --weeks");
    for (const wrong of [
      ["rolling", "--curve"],
      ["--weeks", "2"],
      ["rolling", "--share", ".2"],
    ])
      expect((await run(["evaluate", ...wrong])).code).toBe(2);
  });

  test("evaluate prints its table as text and as JSON", async () => {
    const { code, out, err } = await run(["evaluate", "--share", "0.2", "--seed", "3"]);
    expect(code).toBe(0);
    expect(out).toContain("the newest 128 of 640 events held out");
    expect(out).toMatch(
      /^all, \d+ people +recall@10 +recall@20 +ndcg@10 .* coverage@20 +gini@20 +novelty@20 +diversity@20$/m,
    );
    for (const model of ["popularity", "recent popularity", "collaborative", "blend", "feed"])
      expect(out).toMatch(new RegExp(`^${model} +0\\.\\d{4} `, "m"));
    expect(out).toMatch(/ndcg@20 of feed over popularity: [+−]\d\.\d{4}/);
    expect(err).toContain("evaluating");

    const json = await run(["evaluate", "--share", "0.2", "--seed", "3", "--json"]);
    const report = JSON.parse(json.out);
    expect(report).toMatchObject({ protocol: expect.any(String), seed: 3 });
    const feed = report.rows.find((it: { model: string }) => it.model === "feed");
    expect(out).toMatch(new RegExp(`^feed .*${feed.metrics["ndcg@20"].toFixed(4)}`, "m"));
    expect(feed.intervals["recall@20"]).toHaveLength(2);
  });
});
