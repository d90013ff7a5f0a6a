/** Data sets by `vidrec import` are those that the benchmarks read. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BENCHMARKS } from "../../src/benchmarks/benchmarks.ts";
import { ratingsWithTimes } from "../../src/benchmarks/ml-latest-small.ts";
import type { PostColumns } from "../../src/data/catalogue.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { Histories } from "../../src/domain/history.ts";
import type { PostKey, UserKey } from "../../src/domain/ids.ts";
import { temporaryFolder } from "../support/folder.ts";
import { run } from "../support/run.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

/** Folder of the data sets, as `vidrec evaluate --data` takes it. */
const DATA = "../shared/data";
const embed = async (texts: readonly string[]) => ({
  encoder: { model: "none@1", dimension: 1 },
  vectors: new Float32Array(texts.length),
});

type Named<T> = (key: T) => string;

/** Everybody's events, each as post, kind, value, time, time watched and length; an event after `untilMs` counts as of then. */
function eventsOf(it: Histories, user: Named<UserKey>, post: Named<PostKey>, untilMs = Infinity) {
  const all = Array.from(it.postKeys, (key, n) =>
    [
      ...[post(key as PostKey), it.kinds[n], it.values[n], Math.min(it.atMs[n]!, untilMs)],
      ...[it.watchedMs[n], it.durationMs[n]],
    ].join(" "),
  );
  const own = (n: number) => all.slice(it.rowStart[n], it.rowStart[n + 1]).sort();
  return new Map([...it.userKeys].map((key, n) => [user(key as UserKey), own(n)]));
}

/** Every post's category, title and time of creation, from 1970 on as in a store; 0 stands for none. */
function postsOf(it: PostColumns, post: Named<PostKey>) {
  return new Map(
    Array.from(it.keys, (key, n) => [
      post(key as PostKey),
      [it.categories[n]![0]?.name, Math.max(0, it.createdAtMs[n]!), it.titles[n]!.trim()],
    ]),
  );
}

/** The data set of a store after imports: words after `vidrec import`, by line. */
async function imported(lines: readonly string[]) {
  using folder = temporaryFolder();
  for (const words of lines) {
    const found = await run(["import", ...words.split(" ")], { DATA_DIR: folder.path });
    expect([found.code, found.logged]).toEqual([0, ""]);
  }
  using store = openStore(join(folder.path, "own/store.db"));
  const [histories, posts] = [await store.events.histories(), await store.posts.columns()];
  const users = await store.ids.userIds([...histories.userKeys] as UserKey[]);
  const all = [...new Set([...histories.postKeys, ...posts.keys])] as PostKey[];
  const ids = await store.ids.postIds(all);
  return {
    events: (untilMs: number) =>
      eventsOf(
        histories,
        (it) => users.get(it)!,
        (it) => ids.get(it)!,
        untilMs,
      ),
    posts: postsOf(posts, (it) => ids.get(it)!),
  };
}

async function compareKuaiRand(folder: string) {
  const { data, split } = await BENCHMARKS["P3b"]!({ folder, embed, seed: 1 });
  const at = join(folder, "kuairand-pure");
  const found = await imported([
    `posts ${at}/video_features_basic_pure.csv --preset kuairand`,
    `events ${at}/train_sequences.tsv ${at}/val.tsv --preset kuairand`,
  ]);
  // The benchmark takes what overlaps with the future for the last moment before it.
  const cutMs = split.asOfMs;
  expect(found.events(cutMs)).toEqual(eventsOf(data.histories, String, String));
  for (const [id, post] of postsOf(data.posts, String))
    if (post[1] !== 0) expect(found.posts.get(id)).toEqual(post);
  expect(found.posts.size).toBe(data.posts.keys.length);
}

async function compareMovieLens(folder: string) {
  const data = await ratingsWithTimes({ folder, embed, seed: 1 });
  const at = join(folder, "ml-latest-small");
  const found = await imported([
    `posts ${at}/movies.csv --preset movielens`,
    `events ${at}/ratings.csv --preset movielens`,
  ]);
  // The benchmark leaves out ratings of movies that are not in the list.
  const isKnown = (event: string) => found.posts.has(event.split(" ")[0]!);
  const known = [...found.events(Infinity)].map(([id, own]) => [id, own.filter(isKnown)] as const);
  expect(new Map(known.filter(([, own]) => own.length > 0))).toEqual(
    eventsOf(data.histories, String, String),
  );
  for (const [id, post] of postsOf(data.posts, String))
    if (post[1] !== 0) expect(found.posts.get(id)).toEqual(post);
  expect(found.posts.size).toBe(data.posts.keys.length);
}

test("KuaiRand", async () => {
  using folder = temporaryFolder();
  const at = join(folder.path, "kuairand-pure");
  mkdirSync(at);
  const log = (...rows: string[]) =>
    [
      "user_id\tvideo_id\ttime_ms\tlong_view\tis_like\tplay_time_ms\tduration_ms",
      ...rows.map((it) => it.replaceAll(" ", "\t")),
    ].join("\n");
  const files = {
    "train_sequences.tsv":
      "user_id\twatch_seq\tlike_seq\tlong_watch_seq\n1\t4 2 3 1\t1\t3 2\n2\t5\t\t5\n",
    "val.tsv": log(
      "1 6 1650812741436 1 0 9000 8000", // the beginning of the log
      "1 3 1650812741440 1 1 9000 8000", // known of before
      "1 6 1650812741450 1 0 9000 8000", // once more
      "2 7 1650812741460 0 0 900 0",
      "2 1 1650812741470 0 0 900 0", // only the list of videos has its length
      "2 8 1650812741480 0 0 0 8000", // not played
      "2 4 1650812741999 1 0 9000 8000", // after the test file begins
    ),
    "test.tsv": log("1 8 1650812741900 1 0 9000 8000"),
    "video_features_basic_pure.csv":
      'video_id,author_id,upload_dt,video_duration,tag\n1,9,2022-04-10,7000,39\n2,9,2022-04-10,0,"2,8"\n3,,,,\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(at, name), text);
  await compareKuaiRand(folder.path);
});

test("MovieLens", async () => {
  using folder = temporaryFolder();
  const at = join(folder.path, "ml-latest-small");
  mkdirSync(at);
  writeFileSync(
    join(at, "ratings.csv"),
    "userId,movieId,rating,timestamp\n1,2,3.5,964982703\n1,3,0.5,964982704\n2,2,5.0,964982000\n",
  );
  writeFileSync(
    join(at, "movies.csv"),
    'movieId,title,genres\n2,"Boat, The (1981)",Drama|War\n3,No year,(no genres listed)\n',
  );
  await compareMovieLens(folder.path);
});

const isThere = (name: string) => existsSync(join(DATA, name));
test.skipIf(!isThere("kuairand-pure"))("KuaiRand, whole", () => compareKuaiRand(DATA));
test.skipIf(!isThere("ml-latest-small"))("MovieLens, whole", () => compareMovieLens(DATA));
