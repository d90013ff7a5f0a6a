/**
 * Pipeline: the kinds of stage that make a feed, and the function that runs them.
 *
 * Candidates are columns, not objects: entry n of every column belongs to the same post, which is a
 * row of the model.
 */
import type { Served } from "../models/contract.ts";
import { topK } from "../linalg/top-k.ts";
import { compact } from "../linalg/vector-ops.ts";
import { leniently, strictly, type Failure } from "./attempt.ts";
import type { Query } from "./query.ts";
import { score } from "./score.ts";

/** Finds eligible posts. Wide and cheap: recall matters, order does not. */
export type Source = { readonly name: string; readonly retrieve: NonNullable<Served["retrieve"]> };

/** Gives every candidate a number, whichever source found it. Never adds, drops or reorders. */
export type Scorer = {
  readonly name: string;
  /** This term's weight in the blend, unitless; 0 leaves the term out. */
  readonly weight: (query: Query) => number;
  /** A column of its own, on any scale: terms are standardised over the candidates of a request. */
  readonly score: NonNullable<Served["score"]>;
};

/** Raises or lowers candidates relative to the blend of the scorers. Never adds or drops. */
export type Booster = { readonly name: string; readonly boost: NonNullable<Served["boost"]> };

/** Reorders the ranking. */
export type Selector = {
  readonly name: string;
  readonly select: (query: Query, ranked: Uint32Array) => Uint32Array;
};

/** The stages of a feed, in the order in which they run. */
export type Pipeline = {
  readonly sources: readonly Source[];
  readonly scorers: readonly Scorer[];
  readonly boosters: readonly Booster[];
  readonly selectors: readonly Selector[];
};

/** Distinct rows that the sources found, and for each a bit of every source that found it. */
export type Candidates = { readonly rows: Uint32Array; readonly foundBy: Uint32Array };

/** Scored candidates. `terms` holds a column for each scorer, standardised and weighted, and one for each booster. */
export type Scored = Candidates & {
  readonly terms: readonly Float32Array[];
  readonly score: Float32Array;
};

/** Ranked candidates. */
export type Ranked = {
  readonly scored: Scored;
  /** Rows, best first: by score, and then as each selector left them. The last are to be served. */
  readonly orders: readonly Uint32Array[];
  readonly failures: readonly Failure[];
};

/** Called after the stages of a kind have run. The caller measures time; ranking has no clock. */
export type Lap = (stage: string) => void;

/**
 * Runs the stages. A stage that throws is left out; eligibility is no stage, and what it throws ends
 * the run: a post that must be hidden stays hidden. Pure if the stages are.
 */
export function runPipeline(pipeline: Pipeline, query: Query, lap?: Lap): Ranked {
  const failures: Failure[] = [];
  const attempt = leniently(failures);
  const candidates = retrieve(pipeline, query, attempt);
  lap?.("retrieve");
  const scored = score(pipeline, query, candidates, attempt);
  lap?.("score");
  const orders = [bestFirst(query, scored)];
  for (const { name, select } of pipeline.selectors) {
    const before = orders.at(-1)!;
    orders.push(
      attempt(
        `selector:${name}`,
        () => select(query, before),
        () => before,
      ),
    );
  }
  lap?.("select");
  return { scored, orders, failures };
}

/** Runs the sources only. */
export function retrieve(
  { sources }: Pick<Pipeline, "sources">,
  query: Query,
  attempt = strictly,
): Candidates {
  const { eligible } = query.eligibility();
  const found = sources.map((it) =>
    attempt(
      `source:${it.name}`,
      () => it.retrieve(query),
      () => NONE,
    ),
  );
  return distinct(query, found, eligible);
}

const NONE = new Uint32Array(0);

/** Every eligible row once, in the order of standing: equal scores keep it, whichever source found a post. */
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
