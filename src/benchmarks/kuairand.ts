/**
 * KuaiRand-Pure, short videos: P3 and P3b hold out the long views of the last week.
 *
 * P3 learns from long views and likes, P3b from every play, as the service does: the last 50 of each kind
 * before 22 April 2022, of which the files have the order only, and those of 22 to 30 April.
 *
 * @see Gao et al., "KuaiRand" (CIKM 2022).
 */
import { join } from "node:path";
import { DAY_MS } from "../domain/day.ts";
import { signalOf } from "../domain/known-signals.ts";
import { splitAtMoment } from "../evaluation/split.ts";
import { logEvents, sequenceEvents, videoPost } from "../ingest/files/presets/kuairand.ts";
import { datasetOf, eventOf, historiesOf, postsOf, type Event } from "./events.ts";
import { rowsOf, type Fields } from "./files.ts";
import type { BenchmarkInput, Experiment } from "./experiment.ts";

/** Days before the cut that training holds out to fit the blend. */
const HELD_OUT_DAYS = 2;
const TEST_COLUMNS = ["user_id", "video_id", "time_ms", "long_view"];
const LOG_COLUMNS = [...TEST_COLUMNS, "is_like", "play_time_ms", "duration_ms"];
const SEQUENCE_COLUMNS = ["user_id", "watch_seq", "like_seq", "long_watch_seq"];

/** P3: learnt from long views and likes alone. */
export const longViews = (input: BenchmarkInput) => heldOutWeek(input, "P3", longViewOrLike);

/**
 * P3b: learnt from all views and likes. Of P3's 40,471 new long views it leaves out 291, of posts that the person
 * had played before; 468 of 203 people come in of whom only short views are known.
 */
export const allViews = (input: BenchmarkInput) => heldOutWeek(input, "P3b", (event) => [event]);

/** Training signal of an event, by whether the person watched the post for long. */
type Learnt = (event: Event, isLong: boolean) => readonly Event[];

/**
 * Long views and the likes of other posts, without watch times. On validation days, likes that add to long
 * views cost .0024 nDCG@20, watch times .006 recall@20: among long views alone, half are below the median.
 */
function longViewOrLike(event: Event, isLong: boolean): readonly Event[] {
  const { watchedMs: _, durationMs: __, ...rest } = event;
  const isView = signalOf(event.kind).strength.by === "watching";
  return isView === isLong ? [rest] : [];
}

/** A split in time, by file. */
async function heldOutWeek(
  { folder }: BenchmarkInput,
  name: string,
  learnt: Learnt,
): Promise<Experiment> {
  const file = (name: string) => join(folder, "kuairand-pure", name);
  const columns = ["video_id", "upload_dt"];
  const videos = await rowsOf(file("video_features_basic_pure.csv"), columns, ",");
  const log = await rowsOf(file("val.tsv"), LOG_COLUMNS, "\t");
  const sequences = await rowsOf(file("train_sequences.tsv"), SEQUENCE_COLUMNS, "\t");
  const firstMs = earliest(log);
  const past = [
    ...sequences.flatMap((it) => {
      const long = new Set(it["long_watch_seq"]!.split(" "));
      return sequenceEvents(it, firstMs).flatMap((row) => learnt(eventOf(row), long.has(row.post)));
    }),
    ...log.flatMap((it) => logEvents(it).flatMap((row) => learnt(eventOf(row), isLong(it)))),
  ];
  const test = (await rowsOf(file("test.tsv"), TEST_COLUMNS, "\t")).filter(isLong);
  const cutMs = earliest(test);
  // The files overlap by hours: whatever is in the test file is the future.
  const lengths = new Map(videos.map(videoPost).map((it) => [Number(it.id), it.duration_ms]));
  const before = standing(past)
    .map((it) => withLength(it, lengths))
    .map((it) => ({ ...it, atMs: Math.min(it.atMs, cutMs - 1) }));
  const known = new Set(before.map(({ userKey }) => userKey));
  const after = test.map(longView).filter(({ userKey }) => known.has(userKey));
  const split = splitAtMoment(historiesOf(before.concat(after)), cutMs);
  const heldOutMs = cutMs - HELD_OUT_DAYS * DAY_MS;
  const newest = before.filter((it) => it.atMs >= heldOutMs).length;
  const from = new Date(cutMs).toISOString().slice(0, 10);
  return {
    protocol: `${name}: KuaiRand-Pure, ${after.length} long views from ${from} on held out`,
    data: datasetOf(postsOf(videos.map(factsOf)), split.before, split.asOfMs),
    split,
    // Only of the days with times: without times no half-life can be fitted.
    inner: { by: "time", share: newest / before.length },
  };
}

/** Rows as a store keeps them: a repeated view once, of several likes of a post the last. */
function standing(events: readonly Event[]): Event[] {
  const kept = new Map<string, Event>();
  for (const it of events) {
    const isAdded = signalOf(it.kind).repeats === "adds";
    const id = [it.userKey, it.postKey, isAdded ? it.atMs : it.kind].join(" ");
    if (!isAdded || !kept.has(id)) kept.set(id, it);
  }
  return [...kept.values()];
}

/** As in a store, a play whose log has no length is of the video's. */
function withLength(event: Event, lengths: ReadonlyMap<number, number | undefined>): Event {
  const durationMs = event.durationMs ?? lengths.get(event.postKey);
  return event.watchedMs === undefined || durationMs === undefined
    ? event
    : { ...event, durationMs };
}

/** A held-out long view: it counts whole, however long it was. */
function longView({ user_id, video_id, time_ms }: Fields): Event {
  const [userKey, postKey] = [Number(user_id), Number(video_id)];
  return { userKey, postKey, kind: "view", value: 1, atMs: Number(time_ms) };
}

function isLong(row: Fields): boolean {
  return row["long_view"] === "1";
}

/** A video's upload date, and its first tag as category. */
function factsOf(video: Fields) {
  const { id, category, creator, created_at } = videoPost(video);
  return {
    id: Number(id),
    createdAtMs: created_at === undefined ? 0 : Date.parse(created_at),
    ...(category[0] && { category: category[0] }),
    ...(creator !== undefined && { creator }),
  };
}

function earliest(log: readonly Fields[]): number {
  return log.reduce((min, it) => Math.min(min, Number(it["time_ms"])), Infinity);
}
