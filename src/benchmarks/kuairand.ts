/**
 * KuaiRand-Pure, short videos: P3 holds out the long views of the last week.
 *
 * Training data are long views and likes: the last 50 of each before 22 April 2022, of which the files
 * have the order only, and those of 22 to 30 April. Held out are long views after that.
 *
 * @see Gao et al., "KuaiRand" (CIKM 2022).
 */
import { join } from "node:path";
import { splitAtMoment } from "../evaluation/split.ts";
import { longViews, sequenceEvents, videoPost } from "../ingest/files/presets/kuairand.ts";
import { datasetOf, eventOf, historiesOf, lastOfEach, postsOf, type Event } from "./events.ts";
import { rowsOf, type Fields } from "./files.ts";
import type { BenchmarkInput, Experiment } from "./experiment.ts";

const DAY_MS = 86_400_000;
/** Days before the cut that training holds out to fit the blend. */
const HELD_OUT_DAYS = 2;
const LOG_COLUMNS = ["user_id", "video_id", "time_ms", "long_view"];

/** P3: a split in time, by file. */
export async function kuaiRand({ folder }: BenchmarkInput): Promise<Experiment> {
  const file = (name: string) => join(folder, "kuairand-pure", name);
  const validation = longViewEvents(await rowsOf(file("val.tsv"), LOG_COLUMNS, "\t"));
  const firstMs = earliest(validation);
  const columns = ["user_id", "watch_seq", "like_seq", "long_watch_seq"];
  const sequences = await rowsOf(file("train_sequences.tsv"), columns, "\t");
  const past = sequences
    .flatMap((it) => sequenceEvents(it, firstMs).map(eventOf))
    .concat(validation);
  const test = longViewEvents(await rowsOf(file("test.tsv"), LOG_COLUMNS, "\t"));
  const cutMs = earliest(test);
  // The files overlap by hours: whatever is in the test file is the future.
  const before = lastOfEach(past).map((it) => ({ ...it, atMs: Math.min(it.atMs, cutMs - 1) }));
  const known = new Set(before.map(({ userKey }) => userKey));
  const after = test.filter(({ userKey }) => known.has(userKey));
  const split = splitAtMoment(historiesOf(before.concat(after)), cutMs);
  const videos = await rowsOf(
    file("video_features_basic_pure.csv"),
    ["video_id", "upload_dt"],
    ",",
  );
  const heldOutMs = cutMs - HELD_OUT_DAYS * DAY_MS;
  const newest = before.filter((it) => it.atMs >= heldOutMs).length;
  return {
    protocol: `P3: KuaiRand-Pure, ${after.length} long views from ${new Date(cutMs).toISOString().slice(0, 10)} on held out`,
    data: datasetOf(postsOf(videos.map(factsOf)), split.before, split.asOfMs),
    split,
    // Only of the days with times: without times no half-life can be fitted.
    inner: { by: "time", share: newest / before.length },
  };
}

/** A video's upload date, and its first tag as category. */
function factsOf(video: Fields) {
  const { id, category, created_at } = videoPost(video);
  return {
    id: Number(id),
    createdAtMs: created_at === undefined ? 0 : Date.parse(created_at),
    ...(category[0] && { category: category[0] }),
  };
}

function longViewEvents(log: readonly Fields[]): Event[] {
  return log.flatMap(longViews).map(eventOf);
}

function earliest(events: readonly Event[]): number {
  return events.reduce((min, it) => Math.min(min, it.atMs), Infinity);
}
