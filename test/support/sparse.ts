/** The sparse set held out in time, tampered with, learnt from, and asked. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { UNKNOWN, type Histories } from "../../src/domain/history.ts";
import { wholeCases, personAt, type Case } from "../../src/evaluation/cases.ts";
import { historyOf } from "../../src/evaluation/histories.ts";
import { nDcg } from "../../src/evaluation/metrics.ts";
import { splitAtMoment, splitBy } from "../../src/evaluation/split.ts";
import type { Dataset } from "../../src/training/dataset.ts";
import { datasetBefore } from "../../src/training/dataset-before.ts";
import { learn } from "../../src/training/run.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { nearestExact } from "../../src/index/exact.ts";
import { sparseDataset } from "../../src/benchmarks/sparse/dataset.ts";
import { openRanker, type Ranker } from "../../src/ranking/feed.ts";
import { oneThread } from "./kernel.ts";

const DAY_MS = 86_400_000;
const HELD_OUT = 0.15;

/** Something done that the set does not hold; a kind is the code of a signal. */
export type RawEvent = {
  readonly userKey: number;
  readonly postKey: number;
  readonly kind: number;
  readonly value: number;
  readonly atMs: number;
};

/**
 * The sparse set up to a day of its year, and what people liked after.
 *
 * @param day  How much of the year there is: half of it is learnt in a quarter of the time.
 */
export function sparseExperiment(seed: number, day: number) {
  const whole = sparseDataset(seed);
  const endMs = Math.min(...whole.posts.createdAtMs) + day * DAY_MS;
  const data = datasetBefore(whole, splitAtMoment(whole.histories, endMs));
  const split = splitBy({ by: "time", share: HELD_OUT }, data.histories, data.asOfMs, seed);
  const past = datasetBefore(data, split);
  const { keys, isPublic, isWithdrawn } = past.posts;
  const cases = wholeCases(
    split,
    vocabulary(keys),
    (row) => isPublic[row] === 1 && isWithdrawn[row] === 0,
  );
  return { past, split, cases };
}

/** A past with more events. People it did not hold come after the others. */
export function withEvents(past: Dataset, events: readonly RawEvent[]): Dataset {
  const { histories, profiles } = past;
  const fromUser = Map.groupBy(events, (it) => it.userKey);
  const known = new Set(histories.userKeys);
  const newcomers = [...fromUser.keys()].filter((id) => !known.has(id)).sort((a, b) => a - b);
  const own = Array.from(histories.userKeys, (userKey, user) => eventsOf(histories, user, userKey));
  const all = [...own, ...newcomers.map((): RawEvent[] => [])].map((before, user) => {
    const more = fromUser.get(histories.userKeys[user] ?? newcomers[user - own.length]!) ?? [];
    return [...before, ...more].sort((a, b) => a.atMs - b.atMs);
  });
  return {
    ...past,
    histories: historiesOf([...histories.userKeys, ...newcomers], all),
    profiles: [...profiles, ...newcomers.map(() => undefined)],
  };
}

/** A past in which everything happened at one moment. */
export function withoutTimes(past: Dataset): Dataset {
  return {
    ...past,
    histories: { ...past.histories, atMs: past.histories.atMs.map(() => past.asOfMs) },
  };
}

function eventsOf(histories: Histories, user: number, userKey: number): RawEvent[] {
  const { postKeys, kinds, values, atMs } = historyOf(histories, user);
  return Array.from(postKeys, (postKey, n) => ({
    ...{ userKey, postKey, kind: kinds[n]!, value: values[n]!, atMs: atMs[n]! },
  }));
}

function historiesOf(
  userKeys: readonly number[],
  lists: readonly (readonly RawEvent[])[],
): Histories {
  const all = lists.flat();
  let end = 0;
  return {
    userKeys: Float64Array.from(userKeys),
    rowStart: Uint32Array.of(0, ...lists.map((it) => (end += it.length))),
    postKeys: Float64Array.from(all, (it) => it.postKey),
    kinds: Uint8Array.from(all, (it) => it.kind),
    values: Float32Array.from(all, (it) => it.value),
    atMs: Float64Array.from(all, (it) => it.atMs),
    withdrawn: new Uint8Array(all.length),
    watchedMs: new Float32Array(all.length).fill(UNKNOWN),
    durationMs: new Float32Array(all.length).fill(UNKNOWN),
    attributed: new Uint8Array(all.length),
  };
}

/** A model with the shipped weights, ready to rank. */
export async function learnt(past: Dataset): Promise<Ranker> {
  const run = { seed: 1, kernel: oneThread, isQuick: true, onProgress: () => {} };
  const model = await learn(past, run);
  return atOnce(
    openRanker(model, (vector, count) => nearestExact(model.embeddings, vector, count)),
  );
}

/** The first rows of everybody's feed. */
export function feedsOf(ranker: Ranker, cases: readonly Case[], limit = 20): Uint32Array[] {
  return cases.map((it) => {
    const person = personAt(ranker, it);
    return ranker.rank({ person, categoryMask: undefined, mood: undefined, limit }).rows;
  });
}

/** Mean nDCG@20 over the cases. */
export function quality(feeds: readonly Uint32Array[], cases: readonly Case[]): number {
  const each = cases.map(({ positives }, n) => nDcg(feeds[n]!, new Set(positives), 20));
  return each.reduce((sum, it) => sum + it, 0) / Math.max(1, each.length);
}
