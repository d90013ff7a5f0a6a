/** Pipeline: runs the stages of a feed. */
import { topK } from "../linalg/top-k.ts";
import { compact } from "../linalg/vector-ops.ts";
import { failOpen, failFast, type Failure } from "./attempt.ts";
import type { Query } from "./query.ts";
import { score } from "./score.ts";
import type { Candidates, Lap, Pipeline, Ranked, Scored } from "./stages.ts";

/**
 * Runs the stages. A stage that throws is left out. Eligibility is no stage: its exception ends the run,
 * so that a hidden post stays hidden. Pure if the stages are.
 */
export function runPipeline(pipeline: Pipeline, query: Query, lap?: Lap): Ranked {
  const failures: Failure[] = [];
  const attempt = failOpen(failures);
  const candidates = retrieve(pipeline, query, attempt);
  lap?.("retrieve");
  const scored = score(pipeline, query, candidates, attempt);
  lap?.("score");
  const orders = [bestFirst(query, scored)];
  for (const { name, select } of pipeline.selectors) {
    const before = orders.at(-1)!;
    const run = () => select(query, before);
    orders.push(attempt(`selector:${name}`, run, () => before));
  }
  lap?.("select");
  return { scored, orders, failures };
}

/** Runs the sources only. */
export function retrieve(
  { sources }: Pick<Pipeline, "sources">,
  query: Query,
  attempt = failFast,
): Candidates {
  const { eligible } = query.eligibility();
  const found = sources.map((it) => {
    const run = () => it.retrieve(query);
    return attempt(`source:${it.name}`, run, () => NONE);
  });
  return distinct(query, found, eligible);
}

const NONE = new Uint32Array(0);

/** Every eligible row once, in the order of standing, which equal scores keep. */
function distinct(
  { arrays, prepared }: Query,
  found: readonly Uint32Array[],
  eligible: Uint8Array,
): Candidates {
  const { order, placeOf } = prepared.standing;
  const bits = arrays.words(order.length).fill(0);
  for (let source = 0; source < found.length; source++) {
    const rows = found[source]!;
    for (let n = 0; n < rows.length; n++)
      if (eligible[rows[n]!] === 1) bits[placeOf[rows[n]!]!]! |= 1 << source;
  }
  const { places: rows, bits: foundBy } = compact(arrays, bits);
  for (let n = 0; n < rows.length; n++) rows[n] = order[rows[n]!]!;
  return { rows, foundBy };
}

/** Rows by descending score; equal scores keep the order of standing. */
function bestFirst({ limit }: Query, { rows, score }: Scored): Uint32Array {
  const feed = topK(score, limit);
  for (let n = 0; n < feed.length; n++) feed[n] = rows[feed[n]!]!;
  return feed;
}
