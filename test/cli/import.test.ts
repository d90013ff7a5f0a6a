/** `vidrec import`: files into the own catalogue, as somebody types it. */
import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openLease, openStore } from "../../src/data/sqlite/open.ts";
import { knowSignals, signalNamed, type SignalName } from "../../src/domain/known-signals.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { folderOfEachTest } from "../support/test-folder.ts";
import { run } from "../support/run.ts";

const folder = folderOfEachTest();

const place = (name: string) => join(folder.path, name);
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(place(name), content);
  return place(name);
};
const data = () => ({ DATA_DIR: place("data") });
const doing = (...words: string[]) => run(["import", ...words], data());
const store = (of = "data/own") => openStore(place(`${of}/store.db`));

const POSTS =
  'video_id,title,genres,lang\np1,"Bread, slowly",Cooking|Home,en\np2,"She said ""go""",Sport,\n';
const EVENTS =
  "user_id,video_id,event,timestamp\nada,p1,like,1767225600\nbob,p2,view,1767225601\nada,p2,look,1767225602\n";

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
  expect((await doing("events", events)).printed).toContain("--kinds WORD=view says which kind");
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

test("standard input is read by the name -; its refused rows are in the working directory", async () => {
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, "../../src/main.ts"), "import", "events", "-"],
    {
      cwd: folder.path,
      env: { HOME: folder.path, ...data() },
      stdin: Buffer.from(EVENTS),
      stdout: "pipe",
      stderr: "ignore",
    },
  );
  expect(await new Response(child.stdout).text()).toContain("-: 2 events, 2 new, 1 row refused (all in stdin.refused.ndjson)"); // prettier-ignore
  expect(await child.exited).toBe(1);
  expect(existsSync(place("stdin.refused.ndjson"))).toBe(true);
});

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
