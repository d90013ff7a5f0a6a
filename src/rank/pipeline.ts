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
  readonly keep: (query: Query) => (row: number) => boolean;
};

/** Gives every candidate a number, whichever source found it. Never adds, drops or reorders. */
export type Scorer = {
  readonly name: string;
  /** This term's weight in the blend, unitless; 0 leaves the term out. */
  readonly weight: (query: Query) => number;
  /** Any scale: terms are standardised over the candidates of a request. */
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

/** Run the stages. Pure if they are. */
export function runPipeline(pipeline: Pipeline, query: Query): Ranked {
  const { candidates, trace } = retrieve(pipeline, query);
  const scored = score(pipeline.scorers, query, candidates);
  let feed = bestFirst(scored, query.limit);
  for (const selector of pipeline.selectors) {
    feed = selector.select(query, feed);
    trace.push({ stage: selector.name, left: feed.length });
  }
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
  let candidates = distinct(found);
  for (const filter of pipeline.filters) {
    candidates = keep(candidates, filter.keep(query));
    trace.push({ stage: filter.name, left: candidates.rows.length });
  }
  return { candidates, trace };
}

/** Every row once, ascending: candidates of equal score keep no trace of who found them. */
function distinct(found: readonly Uint32Array[]): Candidates {
  const places = new Map<number, number>();
  for (const [source, rows] of found.entries())
    for (const row of rows) places.set(row, (places.get(row) ?? 0) | (1 << source));
  const rows = Uint32Array.from(places.keys()).sort();
  return { rows, foundBy: Uint32Array.from(rows, (row) => places.get(row)!) };
}

function keep({ rows, foundBy }: Candidates, test: (row: number) => boolean): Candidates {
  const kept = new Uint8Array(rows.length);
  for (const [n, row] of rows.entries()) kept[n] = Number(test(row));
  return {
    rows: rows.filter((_, n) => kept[n] === 1),
    foundBy: foundBy.filter((_, n) => kept[n] === 1),
  };
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

/** Mean 0 and standard deviation 1; numbers that are all equal become 0. */
export function standardised(column: Float32Array): Float32Array {
  if (column.length === 0) return column;
  let sum = 0;
  for (const it of column) sum += it;
  const mean = sum / column.length;
  let squares = 0;
  for (const it of column) squares += (it - mean) ** 2;
  const deviation = Math.sqrt(squares / column.length);
  const scale = deviation > 1e-7 * (1e-7 + Math.abs(mean)) ? 1 / deviation : 0;
  return column.map((it) => (it - mean) * scale);
}

/** Rows by descending score; equal scores by ascending row, so a feed is reproducible. */
function bestFirst({ rows, score }: Scored, limit: number): Uint32Array {
  return topK(score, limit).map((place) => rows[place]!);
}
