/**
 * The kinds of stage a feed is made of, and the one function that runs them.
 *
 * Candidates are columns, not objects: entry n of every column speaks of the same post. A post is
 * its row in the model until it is rendered.
 */
import { topK } from "../math/top-k.ts";
import type { Query } from "./query.ts";

/** Finds posts. Wide and cheap: recall matters, order does not. */
export type Source = {
  readonly name: string;
  readonly retrieve: (query: Query) => Uint32Array;
};

/** Drops posts that must not be served. Says yes or no, never reorders. */
export type Filter = {
  readonly name: string;
  /** Sets `kept[n]` to 0 where `rows[n]` must not be served; nothing else. */
  readonly keep: (query: Query, rows: Uint32Array, kept: Uint8Array) => void;
};

/** Gives every candidate a number, whichever source found it. Never adds, drops or reorders. */
export type Scorer = {
  readonly name: string;
  /** This term's weight in the blend, unitless; 0 leaves the term out. */
  readonly weight: (query: Query) => number;
  /** A column of its own, on any scale: terms are standardised over the candidates of a request. */
  readonly score: (query: Query, rows: Uint32Array) => Float32Array;
};

/** Chooses and orders what is served. The only kind that may reorder. */
export type Selector = {
  readonly name: string;
  readonly select: (query: Query, ranked: Uint32Array) => Uint32Array;
};

/** Stages run in this order; the arrays are the whole configuration of a feed. */
export type Pipeline = {
  readonly sources: readonly Source[];
  readonly filters: readonly Filter[];
  readonly scorers: readonly Scorer[];
  readonly selectors: readonly Selector[];
};

/** How many posts a stage let through: enough to answer "why is my feed empty?". */
export type StageTrace = { readonly stage: string; readonly left: number };

/** What the sources found: distinct rows, and for each a bit set of the sources that found it. */
export type Candidates = { readonly rows: Uint32Array; readonly foundBy: Uint32Array };

/** Candidates that were scored. `terms` holds one column a scorer, standardised and weighted. */
export type Scored = Candidates & {
  readonly terms: readonly Float32Array[];
  readonly score: Float32Array;
};

/** Rows to serve, best first, and what happened on the way. */
export type Ranked = {
  readonly feed: Uint32Array;
  readonly scored: Scored;
  readonly trace: readonly StageTrace[];
};

/** Told that stages of a kind have run: who asks may have a clock, ranking has none. */
export type Lap = (stage: string) => void;

/** Run the stages. Pure if they are. */
export function runPipeline(pipeline: Pipeline, query: Query, lap?: Lap): Ranked {
  const { candidates, trace } = retrieve(pipeline, query);
  lap?.("retrieve");
  const scored = score(pipeline.scorers, query, candidates);
  lap?.("score");
  let feed = bestFirst(scored, query.limit);
  for (const selector of pipeline.selectors) {
    feed = selector.select(query, feed);
    trace.push({ stage: selector.name, left: feed.length });
  }
  lap?.("select");
  return { feed, scored, trace };
}

/** Run the sources and filters only. */
export function retrieve(
  pipeline: Pick<Pipeline, "sources" | "filters">,
  query: Query,
): { candidates: Candidates; trace: StageTrace[] } {
  const trace: StageTrace[] = [];
  const found = pipeline.sources.map((it) => {
    const rows = it.retrieve(query);
    trace.push({ stage: it.name, left: rows.length });
    return rows;
  });
  const candidates = distinct(found, query.model.postIds.length);
  const kept = new Uint8Array(candidates.rows.length).fill(1);
  for (const filter of pipeline.filters) {
    filter.keep(query, candidates.rows, kept);
    trace.push({ stage: filter.name, left: sum(kept) });
  }
  return { candidates: only(candidates, kept), trace };
}

/** Every row once, ascending: candidates of equal score keep no trace of who found them. */
function distinct(found: readonly Uint32Array[], posts: number): Candidates {
  const bits = new Uint32Array(posts);
  let size = 0;
  for (let source = 0; source < found.length; source++) {
    const rows = found[source]!;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n]!;
      if (bits[row] === 0) size++;
      bits[row]! |= 1 << source;
    }
  }
  const rows = new Uint32Array(size);
  const foundBy = new Uint32Array(size);
  for (let row = 0, n = 0; n < size; row++) {
    if (bits[row] === 0) continue;
    rows[n] = row;
    foundBy[n++] = bits[row]!;
  }
  return { rows, foundBy };
}

function sum(kept: Uint8Array): number {
  let left = 0;
  for (let n = 0; n < kept.length; n++) left += kept[n]!;
  return left;
}

function only({ rows, foundBy }: Candidates, kept: Uint8Array): Candidates {
  const out = { rows: new Uint32Array(sum(kept)), foundBy: new Uint32Array(sum(kept)) };
  for (let n = 0, at = 0; n < kept.length; n++) {
    if (kept[n] === 0) continue;
    out.rows[at] = rows[n]!;
    out.foundBy[at++] = foundBy[n]!;
  }
  return out;
}

/** The blend: standardised terms times their weights, added up. */
function score(scorers: readonly Scorer[], query: Query, candidates: Candidates): Scored {
  const total = new Float32Array(candidates.rows.length);
  const terms = scorers.map((scorer) => {
    const weight = scorer.weight(query);
    if (weight === 0) return new Float32Array(total.length);
    const column = standardised(scorer.score(query, candidates.rows));
    for (let n = 0; n < total.length; n++) {
      column[n]! *= weight;
      total[n]! += column[n]!;
    }
    return column;
  });
  return { ...candidates, terms, score: total };
}

/**
 * In place: mean 0 and standard deviation 1, then the root s of z = s (1 + |s|), so that one term
 * that is very sure of a few posts does not silence the others. Numbers that are all equal become 0.
 *
 * Under plain z-scores the fitted blend lost .004 nDCG@20 on ML-1M, .005 on the demo.
 */
export function standardised(column: Float32Array): Float32Array {
  const size = column.length;
  let total = 0;
  for (let n = 0; n < size; n++) total += column[n]!;
  const mean = total / size;
  let squares = 0;
  for (let n = 0; n < size; n++) squares += (column[n]! - mean) ** 2;
  const deviation = Math.sqrt(squares / size);
  const scale = deviation > 1e-7 * (1e-7 + Math.abs(mean)) ? 1 / deviation : 0;
  for (let n = 0; n < size; n++) {
    const z = (column[n]! - mean) * scale;
    const s = (Math.sqrt(1 + 4 * Math.abs(z)) - 1) / 2;
    column[n] = z < 0 ? -s : s;
  }
  return column;
}

/** Rows by descending score; equal scores by ascending row, so a feed is reproducible. */
function bestFirst({ rows, score }: Scored, limit: number): Uint32Array {
  const feed = topK(score, limit);
  for (let n = 0; n < feed.length; n++) feed[n] = rows[feed[n]!]!;
  return feed;
}
