/** `vidrec import`: files into the own catalogue, as somebody types it. */
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openLease } from "../../src/data/sqlite/open.ts";
import { knowSignals, signalNamed, type SignalName } from "../../src/domain/known-signals.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { run } from "../support/run.ts";
import { EVENTS, importing, POSTS } from "./imports.ts";

const { folder, place, file, data, doing, store } = importing();

test("posts and events of CSV files make an own catalogue; columns are shown, then what to do next", async () => {
  const posts = await doing("posts", file("posts.csv", POSTS));
  expect(posts).toMatchObject({ code: 0, logged: "" });
  expect(posts.printed).toContain("posts.csv (CSV):\n  id = video_id (guessed)");
  expect(posts.printed).toContain("2 posts, 2 new or changed, 0 rows refused");
  expect(posts.printed).toContain("own holds 2 posts and 0 events. Next: `vidrec serve`");
  const events = await doing("events", file("events.csv", EVENTS), "--max-refused", "50");
  expect([events.code, events.printed]).toEqual([
    0,
    expect.stringContaining("2 events, 2 new, 1 row refused (all in"),
  ]);
  using it = store();
  const keys = await it.ids.postKeys(["p1", "p2"] as PostId[]);
  expect([...(await it.posts.titles([...keys.values()])).values()]).toEqual([
    "Bread, slowly",
    'She said "go"',
  ]);
  const ada = (await it.ids.userKeys(["ada" as UserId])).get("ada" as UserId)!;
  const { postKeys, atMs } = await it.events.history(ada);
  expect([[...postKeys], [...atMs]]).toEqual([[keys.get("p1" as PostId)!], [1_767_225_600_000]]);
  expect(await it.meta.filledFrom()).toBe("an app's own data");
});

test("kinds of events that the setting adds are taken, also by a dry run, and keep their names", async () => {
  const events = file("events.csv", EVENTS);
  const withLook = { ...data(), SIGNALS: "look:0.5" };
  const dry = await run(["import", "events", events, "--dry-run"], withLook);
  expect([dry.code, dry.printed]).toEqual([0, expect.stringContaining("0 rows")]);
  expect(await run(["import", "events", events], withLook)).toMatchObject({ code: 0 });
  using it = store();
  const ada = (await it.ids.userKeys(["ada" as UserId])).get("ada" as UserId)!;
  const { kinds } = await it.events.history(ada);
  expect(Array.from(kinds, signalNamed)).toEqual(["like", "look" as SignalName]);
  knowSignals([]);
});

describe("an import that stores no row makes no catalogue:", () => {
  test.each([
    ["columns of another kind of row", ["posts"], EVENTS],
    ["only rows that are refused", ["events"], "user,post,kind\na,1,look\n"],
  ] as const)("%s", async (_, words, content) => {
    const { code, printed } = await doing(...words, file("it.csv", content));
    expect([code, existsSync(place("data/own/store.db"))]).toEqual([1, false]);
    if (printed.includes("refused")) expect(printed).toEndWith("nothing is stored");
  });

  test.each(["", "id,name\n", "[]"])(
    "a file without rows, %p, which is no failure",
    async (content) => {
      const { code, printed } = await doing("users", file("it", content));
      expect([code, printed]).toEqual([0, expect.stringContaining("0 users, 0 new or changed, 0 rows")]); // prettier-ignore
      expect(existsSync(place("data/own/store.db"))).toBe(false);
    },
  );
});

describe("what is doubtful is said:", () => {
  test("events without a time, rows that say nothing new, and posts that are not there", async () => {
    await doing("posts", file("posts.csv", POSTS));
    const events = "user,post,kind,happened\na,p1,view,2026-01-01\na,p1,view,2026-01-02\na,p9,view,2026-01-02\n";
    const { code, printed } = await doing("events", file("events.csv", events));
    expect(code).toBe(0);
    expect(printed).toContain("not used: happened");
    expect(printed).toContain("3 events, 2 new, 1 known already, 0 rows refused");
    expect(printed).toContain("WARNING: 3 of 3 events have no time");
    expect(printed).toContain("holds 2 posts and 2 events; 1 of these for posts that are not there");
    const told = await doing("events", place("events.csv"), "--map", "at=happened");
    expect(told.printed).not.toContain("WARNING");
  }); // prettier-ignore

  test("seconds taken for milliseconds, and cards that are no JSON, also by a dry run", async () => {
    const watched = "user,post,kind,at,watched_ms\na,1,view,1767225600,12\na,2,view,1767225600,0\na,3,view,1767225600,75\n";
    const seconds = await doing("events", file("events.csv", watched), "--dry-run");
    expect(seconds.printed).toContain("WARNING: 2 of 2 times in watched_ms are below 1000, less than a second");
    const told = await doing("events", place("events.csv"), "--map", "watched_ms=watched_ms*1000");
    expect(told.printed).not.toContain("WARNING");
    const cards = 'id,title,card,duration_ms\n1,a,"{""a"":1}",30000\n2,b,plain,900\n';
    const posts = await doing("posts", file("posts.csv", cards));
    expect(posts.printed.match(/WARNING.*/g)).toEqual(["WARNING: 1 of 2 cards are plain text, not JSON objects"]);
  }); // prettier-ignore
});

test("words for kinds are translated, and a refused one says how", async () => {
  const events = file("events.csv", EVENTS);
  expect((await doing("events", events)).printed).toContain("--kinds WORD=view says which kind is meant by \"look\"\n"); // prettier-ignore
  const words = file("words.csv", "user,post,kind\na,p1,rate\na,p2,swiped\na,p3,rate\na,p3,\n");
  const dry = await doing("events", words, "--dry-run");
  expect(dry.printed).toContain("4 like row 2: kind: expected one of view, like,");
  expect(dry.printed).toContain('which kind is meant by "rate", "swiped"\n');
  const none = file("none.csv", "user,post,kind\na,p1,\n");
  expect((await doing("events", none, "--dry-run")).printed).not.toContain("--kinds");
  const { code, printed } = await doing("events", events, "--kinds", "look=skip");
  expect([code, printed]).toEqual([0, expect.stringContaining("3 events, 1 new, 2 known already")]);
  expect((await doing("posts", events, "--kinds", "look=skip")).logged).toContain("posts have no kinds"); // prettier-ignore
});

test("too many refused rows end with 1; the others are stored, and each refusal is in the file beside", async () => {
  const events = file("events.csv", EVENTS);
  const { code, printed } = await doing("events", events);
  expect(code).toBe(1);
  expect(printed).toContain("1 like row 4: kind: expected one of view, like,");
  expect(printed).toContain("more than 1 % of the rows are refused");
  expect(JSON.parse(readFileSync(`${events}.refused.ndjson`, "utf8"))).toMatchObject({
    row: 4,
    field: "kind",
    values: { event: "look" },
  });
  using it = store();
  expect(await it.events.count()).toBe(2);
});

test("what is imported beside a running service is not said to need another one", async () => {
  const csv = file("posts.csv", POSTS);
  expect((await doing("posts", csv)).printed).toEndWith(
    "Next: `vidrec serve` learns and serves them",
  );
  const held = await openLease(place("data/own/lock.db")).take("vidrec serve (process 4711)");
  expect((await doing("posts", csv)).printed).toEndWith("A running `vidrec serve` learns them by itself"); // prettier-ignore
  if ("release" in held) await held.release();
});

test("several files, zipped ones too, and a second time: nothing is stored twice", async () => {
  const [one, two] = [
    file("a.ndjson.gz", gzipSync('{"user":"a","post":"p","kind":"view"}\n')),
    file("b.json", '[{"user":"b","post":"p","kind":"view"}]'),
  ];
  expect((await doing("events", one, two)).printed).toContain("0 posts and 2 events. Next: `vidrec import posts"); // prettier-ignore
  const again = await doing("events", one, two);
  expect(again.printed.match(/1 event, 0 new/g)).toHaveLength(2);
  expect(readdirSync(place("data/own/imports"))).toEqual([]);
});

test.each(["-", "/dev/stdin"])(
  "standard input is read by the name %s; its refused rows are in the working directory",
  async (name) => {
    const child = Bun.spawn(
      [process.execPath, join(import.meta.dir, "../../src/main.ts"), "import", "events", name],
      {
        cwd: folder.path,
        env: { HOME: folder.path, ...data() },
        stdin: Buffer.from(EVENTS),
        stdout: "pipe",
        stderr: "ignore",
      },
    );
    expect(await new Response(child.stdout).text()).toContain(`${name}: 2 events, 2 new, 1 row refused (all in stdin.refused.ndjson)`); // prettier-ignore
    expect(await child.exited).toBe(1);
    expect(existsSync(place("stdin.refused.ndjson"))).toBe(true);
  },
);

test("a dry run shows columns, rows and refusals, and stores nothing", async () => {
  const { code, printed } = await doing("events", file("events.csv", EVENTS), "--dry-run");
  expect(code).toBe(1);
  expect(printed).toContain("  post = video_id (guessed)");
  expect(printed).toContain(
    '{"user":"bob","post":"p2","kind":"view","at":"2026-01-01T00:00:01.000Z"}',
  );
  expect(printed).toContain("kind: expected one of");
  expect(printed).toEndWith("nothing is stored: leave --dry-run out to import");
  expect([existsSync(place("data")), existsSync(place("events.csv.refused.ndjson"))]).toEqual([false, false]); // prettier-ignore
});

test("the demo is imported into only if CATALOGUE says so; Socialverse's catalogue with a token", async () => {
  const posts = file("posts.csv", POSTS);
  const into = async (env: Record<string, string>) =>
    (await run(["import", "posts", posts], { ...data(), ...env })).code;
  expect(await into({ CATALOGUE: "demo" })).toBe(0);
  expect(await into({ FLIC_TOKEN: "x", RESONANCE_ALGORITHM: "y" })).toBe(0);
  expect(existsSync(place("data/own"))).toBe(false);
  using demo = store("data/demo");
  using socialverse = store("data");
  expect([await demo.posts.count(), await socialverse.posts.count()]).toEqual([2, 2]);
  expect(await socialverse.meta.filledFrom()).toBeUndefined();
});
