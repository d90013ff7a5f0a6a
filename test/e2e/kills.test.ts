/** The program, killed at random moments of its work: what was done stays done, and it goes on. */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../src/linalg/random.ts";
import { currentId } from "../../src/snapshot/open.ts";
import { writeTinyModel } from "../text/tiny-model.ts";
import { plainDataset } from "../support/dataset.ts";
import { leaveOut } from "../support/needs.ts";
import { buildInto, contentsOf, fedBy, openYard, programAbsence, start, startServe, until } from "../support/program.ts"; // prettier-ignore
import { eventRow, postRow, upstreamTime, userRow, type Dataset } from "../support/rows.ts";
import { serveSocialverse, type ServedStandIn } from "../support/socialverse.ts";

const KILLS = 18;
const MINUTES = 60_000;
const WORK = { sync: ["sync", "--force"], learn: ["learn"], start: ["serve"] } as const;
type Work = keyof typeof WORK;
const KINDS = Object.keys(WORK) as Work[];

const yard = openYard();
const home = yard.home("killed");
const storePath = join(home.work, "cache/store.db");
const snapshots = join(home.work, "cache/snapshots");
const random = seededRandom(20_250_601);
let vidrec: string;
let upstream: ServedStandIn;
let settings: Record<string, string>;

beforeAll(async () => {
  if (programAbsence !== undefined) return;
  vidrec = await buildInto(yard.root);
  upstream = serveSocialverse({ data: plainDataset({ users: 100, posts: 100 }) });
  upstream.fault({ kind: "latency", ms: 10 }); // as a network has: a sync takes longer than a start
  settings = {
    ...fedBy(upstream),
    ENCODER_MODEL: await writeTinyModel(join(yard.root, "tiny"), 8),
  };
}, 5 * MINUTES);
afterAll(() => {
  upstream?.[Symbol.dispose]();
  yard[Symbol.dispose]();
});

describe.skipIf(leaveOut("the tests of killing the program", programAbsence))("the program", () => {
  test(
    `killed ${KILLS} times, while it syncs, learns or starts, loses nothing and goes on`,
    async () => {
      await goesOn(await killed("sync", 250));
      expect(counted()).toEqual(sent(upstream.data));
      const durations = { sync: await lastOf("sync"), learn: await lastOf("learn"), start: 1_500 };
      const kills = { sync: 0, learn: 0, start: 0 };
      let n = 0;
      for (; kills.sync + kills.learn + kills.start < KILLS; n++) {
        grow(upstream.data, n);
        const work = KINDS[n % KINDS.length]!;
        const left = await killed(work, random() * durations[work], n % 2 === 0);
        if (left.isCutOff) kills[work]++;
        await goesOn(left);
      }
      console.log(`killed and started again: ${JSON.stringify(kills)}`);
      grow(upstream.data, n); // so that there is something to learn, whatever the last start has done
      for (const work of ["sync", "learn"] as const) expect(await run(work).exitCode).toBe(0);
      expect(counted()).toEqual(sent(upstream.data));
      expect(contentsOf(snapshots).filter((it) => /^[^/]*$/.test(it))).toHaveLength(3);
    },
    30 * MINUTES,
  );
});

function run(work: Work) {
  const { work: cwd, ...folders } = home;
  return start([vidrec, ...WORK[work]], { ...folders, ...settings, PORT: "0" }, cwd);
}

/** Milliseconds that a piece of work takes if it is left alone. */
async function lastOf(work: Work): Promise<number> {
  const startMs = performance.now();
  expect(await run(work).exitCode).toBe(0);
  return performance.now() - startMs;
}

/** State of the store when the program was killed. */
type Left = {
  readonly isCutOff: boolean;
  readonly rows: ReadonlySet<string>;
  readonly snapshot: string | undefined;
};

/** Begin some work and kill it after so long; or, if it writes a snapshot, soon after it began to. */
async function killed(work: Work, afterMs: number, whileWriting = false): Promise<Left> {
  const running = run(work);
  const moment = work === "learn" && whileWriting ? writing(afterMs / 100) : Bun.sleep(afterMs);
  await Promise.race([moment, running.exitCode]);
  running.signal("SIGSTOP"); // so that nothing is done between looking and killing
  let rows: Set<string> | undefined;
  while ((rows = storedUnlessBusy()) === undefined) {
    running.signal("SIGCONT"); // it was stopped while it alone may read the store: a little later
    await Bun.sleep(5);
    running.signal("SIGSTOP");
  }
  const left = { rows, snapshot: currentId(snapshots) };
  running.signal("SIGKILL");
  return { ...left, isCutOff: (await running.exitCode) === 137 };
}

/** Resolves so long after a snapshot has been begun. */
async function writing(afterMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(snapshots, (_, name) => name?.endsWith(".unfinished") && resolve());
  await promise;
  watcher.close();
  await Bun.sleep(afterMs);
}

/** The next start answers, from a whole store that holds all it held, and no older snapshot. */
async function goesOn({ rows, snapshot }: Left): Promise<void> {
  const next = await startServe(vidrec, home, settings);
  const page = await until(async () => {
    const response = await next.get("/feed?username=user7");
    return response.status === 200 ? ((await response.json()) as Page) : undefined;
  });
  expect(page.post).toHaveLength(20);
  expect(page.meta.snapshot >= (snapshot ?? "")).toBeTrue();
  expect(rows.difference(stored())).toEqual(new Set());
  using db = new Database(storePath, { readonly: true });
  expect(db.query("PRAGMA integrity_check").values()).toEqual([["ok"]]);
  next.signal("SIGKILL");
  await next.exitCode;
  expect(next.lines.filter((it) => /damaged|^ +at /.test(it))).toEqual([]);
}

type Page = { post: unknown[]; meta: { snapshot: string } };

/** `undefined` while a process that was stopped is just recovering the store. */
function storedUnlessBusy(): Set<string> | undefined {
  try {
    return stored();
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && String(cause.code).startsWith("SQLITE_BUSY"))
      return undefined;
    throw cause;
  }
}

/** Everything that another process can see in the store. */
function stored(): Set<string> {
  if (!existsSync(storePath)) return new Set();
  using db = new Database(storePath, { readonly: true });
  if (db.query("SELECT 1 FROM sqlite_schema").get() === null) return new Set();
  const rows = db.query<{ row: string }, []>(`
    SELECT 'user ' || key AS row FROM user UNION ALL SELECT 'post ' || key FROM post
    UNION ALL SELECT 'event ' || user || ' ' || post || ' ' || kind FROM event
    UNION ALL SELECT 'vector ' || text_hash FROM embedding
    UNION ALL SELECT 'scan ' || id FROM scan WHERE status = 'complete'
    UNION ALL SELECT 'day ' || day FROM sync_run`);
  return new Set(rows.all().map(({ row }) => row));
}

/** Counts and sums of all that stands in the store. */
function counted(): object {
  using db = new Database(storePath, { readonly: true });
  const one = (sql: string) => db.query(sql).values()[0];
  return {
    users: one("SELECT count(*) FROM user WHERE withdrawn_at_ms IS NULL"),
    posts: one("SELECT count(*), sum(length(title)) FROM post WHERE withdrawn_at_ms IS NULL"),
    events: one(`
      SELECT count(*), sum(iif(event.kind = 3, event.value, 0))
      FROM scanned_event JOIN event USING (seq)`),
  };
}

/** Counts and sums of upstream's data. */
function sent({ users, posts, view, like, inspire, rating }: Dataset): object {
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  return {
    users: [users.length],
    posts: [posts.length, sum(posts.map((it) => String(it["title"]).length))],
    events: [
      view.length + like.length + inspire.length + rating.length,
      sum(rating.map((it) => Number(it["rating_percent"]))),
    ],
  };
}

/** A day's worth of news: a user, two posts, what people did to them, another title and rating. */
function grow(data: Dataset, n: number): void {
  const [userId, postId] = [1_000 + n, 1_000 + 2 * n];
  data.users.push(userRow(userId));
  data.posts.push(postRow(postId), postRow(postId + 1));
  const at = upstreamTime(Date.UTC(2024, 6, 1) + n * 3_600_000);
  for (const [m, user] of [userId, 1 + (n % 60), 1 + ((n + 20) % 60)].entries())
    for (const list of ["view", "like", "rating"] as const)
      data[list].push(eventRow(list, { id: 100_000 + 3 * n + m, postId, userId: user, at }));
  data.posts[n]!["title"] = `Post ${n}, told anew for the ${n}th time`;
  data.rating[n]!["rating_percent"] = -n;
}
