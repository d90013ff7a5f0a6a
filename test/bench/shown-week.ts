/**
 * A week of shown posts, for benchmarks that read it: people answered a fifth of them with events, half of which name
 * the recommendation. Pages of a person lie all over the file, as they would, and one in twenty is of one account, as of
 * a shared device.
 */
import { join } from "node:path";
import type { PostKey, PostId, UserId } from "../../src/domain/ids.ts";
import { openServedLog, openStore } from "../../src/data/sqlite/open.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { append } from "../support/changes.ts";
import { somePost } from "../support/records.ts";

const [SLOTS, DAYS] = [20, 7];
const DAY_MS = 86_400_000;
/** The end of the week. */
export const NOW_MS = Date.UTC(2026, 5, 10);
/** Posts and events of one write. */
const BATCH = 10_000;
const SOURCES = [["popular", "fresh"], ["collaborative", "neighbours", "popular"], ["tier:fresh"]];

/** Sizes of a week; pages have 20 posts. */
type Sizes = { readonly pages: number; readonly people: number; readonly posts: number };

/** Fills a store and a served log in a folder. */
export async function shownWeek(folder: string, { pages, people, posts }: Sizes) {
  const servedLog = openServedLog(join(folder, "served.db"));
  const store = openStore(join(folder, "store.db"));
  const ids: PostId[] = [];
  for (let from = 1; from <= posts; from += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, posts + 1 - from) }, (_, n) => somePost(from + n)); // prettier-ignore
    await store.posts.record(some, 1);
    ids.push(...some.map(({ id }) => id));
  }
  const keys = [...(await store.ids.postKeys(ids))];
  const random = seededRandom(1);
  const any = (below: number) => Math.floor(random() * below);
  let events = [];
  for (let page = 0; page < pages; page++) {
    const [userId, recommendationId] = [
      `user ${random() < 0.05 ? 0 : any(people)}` as UserId,
      `r${page}`,
    ];
    const atMs = NOW_MS - DAYS * DAY_MS * (1 - page / pages);
    const shown = Array.from({ length: SLOTS }, () => keys[any(posts)]! as [PostId, PostKey]);
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
  return { servedLog, store, keys: keys.map(([, key]) => key), close: () => (servedLog.close(), store.close()) }; // prettier-ignore
}

/** Runs some work; says how long it took, how much memory it added at most, and how long it held up others. */
export async function watched<T>(work: () => Promise<T>) {
  Bun.gc(true);
  const before = process.memoryUsage.rss();
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage(); // not that of collectors and compilers beside
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
