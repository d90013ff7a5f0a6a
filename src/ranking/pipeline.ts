/**
 * The kinds of stage a feed is made of, and the one function that runs them.
 *
 * Candidates are columns, not objects: entry n of every column speaks of the same post. A post is
 * its row in the model until it is rendered.
 */
import type { Term } from "../snapshot/model.ts";
import { leniently, strictly, type Failure } from "./attempt.ts";
import type { Query } from "./query.ts";
import { score } from "./score.ts";

/** Finds posts. Wide and cheap: recall matters, order does not. */
export type Source = {
  readonly name: string;
  readonly retrieve: (query: Query) => Uint32Array;
};

/** Drops posts that must not be served. Says yes or no, never reorders. */
export type Filter = {
  readonly name: string;
  /** 1 for rows that may be served `[posts]`; `undefined` allows all. */
  readonly allowed: (query: Query) => Uint8Array | undefined;
};

/** What a score is made of. Each has words in `feed/explain.ts`. */
export type ScoreName = Term | "mood" | "placeholder";

/** Gives every candidate a number, whichever source found it. Never adds, drops or reorders. */
export type Scorer = {
  readonly name: ScoreName;
  /** This term's weight in the blend, unitless; 0 leaves the term out. */
  readonly weight: (query: Query) => number;
  /** A column of its own, on any scale: terms are standardised over the candidates of a request. */
  readonly score: (query: Query, rows: Uint32Array) => Float32Array;
};

/** Raises or lowers candidates by as much as the scale of the blend asks for. Never adds or drops. */
export type Booster = {
  readonly name: ScoreName;
  /**
   * A column that is added to `total`, the blend of all scorers, as it is; `undefined` leaves it be.
   */
  readonly boost: (
    query: Query,
    rows: Uint32Array,
    total: Float32Array,
  ) => Float32Array | undefined;
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
  readonly boosters: readonly Booster[];
  readonly selectors: readonly Selector[];
};

/** How many posts a stage let through: enough to answer "why is my feed empty?". */
export type StageTrace = { readonly stage: string; readonly left: number };

/** What the sources found: distinct rows, and for each a bit set of the sources that found it. */
export type Candidates = { readonly rows: Uint32Array; readonly foundBy: Uint32Array };

/** Candidates that were scored. `terms` holds one column a scorer, standardised and weighted, and one a booster. */
export type Scored = Candidates & {
  readonly terms: readonly Float32Array[];
  readonly score: Float32Array;
};

/** Rows to serve, best first, and what happened on the way. */
export type Ranked = {
  readonly feed: Uint32Array;
  readonly scored: Scored;
  readonly trace: readonly StageTrace[];
  readonly failures: readonly Failure[];
};

/** Told that stages of a kind have run: who asks may have a clock, ranking has none. */
export type Lap = (stage: string) => void;

/** Run the stages. Pure if they are. One that throws is left out, but for filters: what they hide stays hidden. */
export function runPipeline(pipeline: Pipeline, query: Query, lap?: Lap): Ranked {
  const failures: Failure[] = [];
  const attempt = leniently(failures);
  const { candidates, trace } = retrieve(pipeline, query, attempt);
  lap?.("retrieve");
  const scored = score(pipeline, query, candidates, attempt);
  lap?.("score");
  let feed = bestFirst(query, scored);
  for (const { name, select } of pipeline.selectors) {
    const before = feed;
    feed = attempt(
      `selector:${name}`,
      () => select(query, before),
      () => before,
    );
    trace.push({ stage: name, left: feed.length });
  }
  lap?.("select");
  return { feed, scored, trace, failures };
}

/** Run the sources and filters only. */
export function retrieve(
  pipeline: Pick<Pipeline, "sources" | "filters">,
  query: Query,
  attempt = strictly,
): { candidates: Candidates; trace: StageTrace[] } {
  const trace: StageTrace[] = [];
  const found = pipeline.sources.map((it) => {
    const rows = attempt(
      `source:${it.name}`,
      () => it.retrieve(query),
      () => NONE,
    );
    trace.push({ stage: it.name, left: rows.length });
    return rows;
  });
  const candidates = distinct(query, found);
  const kept = query.columns.bytes(candidates.rows.length).fill(1);
  let left = kept.length;
  for (const filter of pipeline.filters) {
    const allowed = filter.allowed(query);
    if (allowed !== undefined) left = query.columns.keep(kept, candidates.rows, allowed);
    trace.push({ stage: filter.name, left });
  }
  return { candidates: only(query, candidates, kept, left), trace };
}

const NONE = new Uint32Array(0);

/** Every row once, by its standing: candidates of equal score keep no trace of who found them. */
function distinct({ columns, dense }: Query, found: readonly Uint32Array[]): Candidates {
  const { order, placeOf } = dense.standing;
  const bits = columns.words(order.length).fill(0);
  for (let source = 0; source < found.length; source++) {
    const rows = found[source]!;
    for (let n = 0; n < rows.length; n++) bits[placeOf[rows[n]!]!]! |= 1 << source;
  }
  const { places: rows, bits: foundBy } = columns.compact(bits);
  for (let n = 0; n < rows.length; n++) rows[n] = order[rows[n]!]!;
  return { rows, foundBy };
}

function only(
  { columns }: Query,
  candidates: Candidates,
  kept: Uint8Array,
  left: number,
): Candidates {
  if (left === kept.length) return candidates;
  const { rows, foundBy } = candidates;
  const out = { rows: columns.words(left), foundBy: columns.words(left) };
  for (let n = 0, at = 0; n < kept.length; n++) {
    if (kept[n] === 0) continue;
    out.rows[at] = rows[n]!;
    out.foundBy[at++] = foundBy[n]!;
  }
  return out;
}

/** Rows by descending score; candidates of equal score in their order, which is their standing. */
function bestFirst({ columns, limit }: Query, { rows, score }: Scored): Uint32Array {
  const feed = columns.topK(score, limit);
  for (let n = 0; n < feed.length; n++) feed[n] = rows[feed[n]!]!;
  return feed;
}
