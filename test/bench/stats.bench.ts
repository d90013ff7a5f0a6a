/**
 * Statistics of a million shown posts: 50,000 pages of 20 to 5,000 people over a week, who answered a fifth of
 * them with events, half of which name the recommendation. Pages of a person lie all over the file, as they would,
 * and one in twenty is of one account, as of a shared device.
 *
 * `pause` is the longest work between two turns of the event loop, for which feeds wait: processor time, so that
 * other programs do not count.
 */
import { join } from "node:path";
import type { PostKey, PostId, UserId } from "../../src/domain/ids.ts";
import { openServedLog, openStore } from "../../src/data/sqlite/open.ts";
import { statsReader } from "../../src/feed/stats/stats.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { append } from "../support/changes.ts";
import { temporaryFolder } from "../support/folder.ts";
import { somePost } from "../support/records.ts";
import { figure, known, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";

const [SLOTS, POSTS, DAYS] = [20, 3_000, 7];
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 5, 10);
/** What an operator may wait for, memory for one person's pages, and what a feed may be held up by. */
const WANTED = { seconds: 20, megabytes: 100, pauseMs: 25 };
/** Events of one write. */
const BATCH = 10_000;
const SOURCES = [["popular", "fresh"], ["collaborative", "neighbours", "popular"], ["tier:fresh"]];

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  const [pages, people] = quick ? [5_000, 500] : [50_000, 5_000];
  using folder = temporaryFolder();
  const servedLog = openServedLog(join(folder.path, "served.db"));
  const store = openStore(join(folder.path, "store.db"));
  const all = Array.from({ length: POSTS }, (_, n) => somePost(n + 1));
  await store.posts.record(all, 1);
  const keys = [...(await store.ids.postKeys(all.map(({ id }) => id)))];
  const random = seededRandom(1);
  const any = (below: number) => Math.floor(random() * below);
  let events = [];
  for (let page = 0; page < pages; page++) {
    const [userId, recommendationId] = [
      `user ${random() < 0.05 ? 0 : any(people)}` as UserId,
      `r${page}`,
    ];
    const atMs = NOW_MS - DAYS * DAY_MS * (1 - page / pages);
    const shown = Array.from({ length: SLOTS }, () => keys[any(POSTS)]! as [PostId, PostKey]);
    const slots = shown.map(([, post], n) => ({ post, sources: SOURCES[n % 3]!, score: 1, probability: 1, slot: n + 1 })); // prettier-ignore
    servedLog.append({
      ...{ recommendationId, atMs, userId, list: "l", from: 0, snapshot: "s", slots },
      ...{ policy: "feed", audience: "warm", match: [], fallback: [] },
    });
    for (const [postId] of shown)
      if (random() < 0.2)
        events.push({
          ...({ userId, postId, kind: "view", value: 1, claimedAtMs: atMs + 60_000 } as const),
          ...{ watchedMs: any(30_000), durationMs: 30_000 },
          ...(random() < 0.5 && { recommendationId }),
        });
    if (events.length < BATCH && page < pages - 1) continue;
    await append(store, events, { receivedAtMs: atMs + 60_000, origin: "app" });
    await servedLog.flush();
    events = [];
  }
  const read = statsReader({ servedLog: () => servedLog, store, nowMs: () => NOW_MS });
  const measured = await watched(() => read(DAYS));
  const { total } = measured.result;
  servedLog.close();
  store.close();
  const name = `statistics of ${total.impressions} shown posts, ${total.plays!.count} played`;
  return [
    withinBudget(name, figure([measured.seconds], "s"), WANTED.seconds),
    withinBudget(`${name}: memory`, figure([measured.megabytes], "MB"), WANTED.megabytes),
    withinBudget(`${name}: longest pause`, figure([measured.pauseMs], "ms"), WANTED.pauseMs),
    known(`${name}: mean pause`, figure([measured.meanPauseMs], "ms")),
  ];
}

/** Runs some work; says how long it took, how much memory it added at most, and how long it held up others. */
async function watched<T>(work: () => Promise<T>) {
  Bun.gc(true);
  const before = process.memoryUsage.rss();
  const cpuMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  let [most, pauseMs, turns, last, isOver] = [before, 0, 0, cpuMs(), false];
  const [startMs, startCpuMs] = [performance.now(), last];
  const watch = async () => {
    for (; !isOver; turns++) {
      await new Promise(setImmediate);
      const nowMs = cpuMs();
      [pauseMs, last] = [Math.max(pauseMs, nowMs - last), nowMs];
      if (turns % 100 === 0) most = Math.max(most, process.memoryUsage.rss());
    }
  };
  const [result] = await Promise.all([work().finally(() => (isOver = true)), watch()]);
  const seconds = (performance.now() - startMs) / 1_000;
  const meanPauseMs = (cpuMs() - startCpuMs) / Math.max(1, turns);
  const megabytes = Math.max(1, (most - before) / 1e6);
  return { result, seconds, megabytes, pauseMs, meanPauseMs };
}
