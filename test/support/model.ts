/** Small models made by hand: a post is a line, and whatever it does not say is plain. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { normalise } from "../../src/linalg/vector.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import type { TopTable } from "../../src/linalg/sparse.ts";
import { nearestExact } from "../../src/index/exact.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { openRanker } from "../../src/ranking/feed.ts";
import { RECENCY } from "../../src/models/models.ts";
import { tagPairs } from "../../src/models/tags.ts";
import { personOf, type Person } from "../../src/models/person.ts";
import { queryOf } from "../../src/ranking/query.ts";
import type { RankInputs } from "../../src/models/contract.ts";
import type { Part } from "../../src/snapshot/columns.ts";
import type { Model, ModelInfo } from "../../src/snapshot/model.ts";
import { gram } from "../../src/models/ials/als.ts";
import { presentConfidence } from "../../src/models/confidence.ts";
import { POPULARITY } from "../../src/models/popularity/popularity.ts";
import { postCount } from "../../src/snapshot/spare.ts";
import { partsOf } from "./parts.ts";
import { history, type Done } from "./histories.ts";

/** A post of a model; its row is its place in the list. */
export type PostSketch = {
  /** 101, 102, 103 … if absent: never mistaken for a row. */
  readonly id?: number;
  readonly category?: string;
  /** Its categories after the first. */
  readonly further?: readonly string[];
  readonly topic?: string;
  readonly creator?: string;
  /** Joined by ", ". */
  readonly tags?: string;
  /** LOCKED | PRIVATE | WITHDRAWN. */
  readonly flags?: number;
  /** Days after `asOf` from which on it may not be shown; never if absent. */
  readonly expiresInDays?: number;
  readonly isPlaceholder?: boolean;
  /** Row of the first of its near-duplicates, its own if it is the first. */
  readonly duplicateOf?: number;
  /** Days before `asOf`; as old as its row if absent. */
  readonly ageDays?: number;
  /** The earlier in the list the more popular, if absent. */
  readonly popularity?: number;
  /** Made a unit vector; no embedding if absent. */
  readonly vector?: readonly number[];
  readonly factors?: readonly number[];
};

/** The parts of a model besides its posts. */
export type ModelSketch = {
  readonly asOfMs?: number;
  readonly encoder?: ModelInfo["encoder"];
  readonly blend?: ModelInfo["blend"];
  /** By name; each made a unit vector. */
  readonly moods?: Readonly<Record<string, readonly number[]>>;
  /** `[row, other row, score]`, a row's best first. */
  readonly neighbours?: readonly (readonly [number, number, number])[];
  readonly successors?: readonly (readonly [number, number, number])[];
  /** Parts of further models, by their names. */
  readonly parts?: Readonly<Record<string, Part>>;
  /** All ratings there are, ascending. */
  readonly ratings?: readonly number[];
};

/** Time at which the models were learnt. */
export const AS_OF_MS = Date.UTC(2025, 5, 1);
const DAY_MS = 86_400_000;
const K = 2;
const D = 3;
/** Similarity above which a text is about a post. */
const FLOOR = 0.35;
const ALS = { lambda: 0.01, alpha0: 0.1 };

/** A model of these posts. Embeddings are 3 wide, factors 2. */
export function modelOf(posts: readonly PostSketch[], sketch: ModelSketch = {}): Model {
  const { asOfMs = AS_OF_MS, blend = SHIPPED_BLEND, ratings = [0, 25, 50, 75, 100] } = sketch;
  const encoder = "encoder" in sketch ? sketch.encoder : { model: "fake@1", dimension: D };
  const d = encoder?.dimension ?? 0;
  const categories = distinct(posts.flatMap((it) => [it.category, ...(it.further ?? [])]));
  const topicCodes = distinct(posts.map((it) => it.topic));
  const creators = distinct(posts.map((it) => it.creator));
  return {
    info: {
      asOfMs,
      seed: 1,
      encoder,
      embedded: posts.filter((it) => it.vector).length,
      categories: categories.map((name, n) => ({ id: n + 1, name })),
      topicCodes,
      creators,
      confidence: presentConfidence(),
      recency: RECENCY,
      blend,
    },
    postKeys: Float64Array.from(posts, (it, row) => it.id ?? 101 + row),
    createdAtMs: Float64Array.from(posts, (it, row) => asOfMs - (it.ageDays ?? row) * DAY_MS),
    flags: Uint8Array.from(posts, (it) => it.flags ?? 0),
    expiresAtMs: Float64Array.from(posts, ({ expiresInDays: days }) =>
      days === undefined ? 0 : asOfMs + days * DAY_MS,
    ),
    placeholders: Uint8Array.from(posts, (it) => Number(it.isPlaceholder ?? false)),
    duplicates: Int32Array.from(posts, (it) => it.duplicateOf ?? -1),
    categoryRows: Int32Array.from(posts, (it) => categories.indexOf(it.category ?? "")),
    furtherCategories: Int32Array.from(
      posts.flatMap(
        (it, row) => it.further?.flatMap((name) => [row, categories.indexOf(name)]) ?? [],
      ),
    ),
    topicRows: Int32Array.from(posts, (it) => topicCodes.indexOf(it.topic ?? "")),
    tagPairs: tagPairs(posts.map((it) => it.tags ?? "")),
    creatorRows: Int32Array.from(posts, (it) => creators.indexOf(it.creator ?? "")),
    embeddings: Float32Array.from(posts.flatMap((it) => unit(it.vector ?? new Array(d).fill(0)))),
    ratings: Float32Array.from(ratings),
    watchShares: new Float32Array(0),
    watchCounts: new Uint32Array(0),
    parts: partsOf(
      { posts: posts.length, d },
      { ...sketchedParts(posts, sketch), ...sketch.parts },
    ),
  };
}

/** Parts of the models that most tests have to do with, from the posts' lines and the sketch. */
function sketchedParts(posts: readonly PostSketch[], sketch: ModelSketch): Record<string, Part> {
  const { moods = {}, neighbours = [], successors = [] } = sketch;
  const postFactors = Float32Array.from(posts.flatMap((it) => it.factors ?? [0, 0]));
  const floats = (of: (it: PostSketch, row: number) => number) => Float32Array.from(posts, of);
  const [similar, next] = [neighbours, successors].map((it) => tableOf(it, posts.length));
  const names = Object.keys(moods);
  return {
    collaborative: {
      info: { k: K, features: 0, ...ALS },
      columns: {
        postFactors,
        gram: gram(postFactors, K, ALS.alpha0),
        postMap: new Float32Array(0),
        userMap: new Float32Array(0),
      },
    },
    neighbours: tablePart(similar!),
    sequence: tablePart(next!, { blocks: 1, lookBacks: [{ decay: 0.6, window: 5, scale: 1 }] }),
    markov: tablePart(tableOf([], posts.length), { blocks: 1, lookBacks: [] }),
    similar: { info: {}, columns: { floors: floats(() => FLOOR) } },
    popular: popularFrom(floats((it, row) => it.popularity ?? 1 / (row + 1))),
    trending: popularFrom(
      floats(() => 0),
      "trending",
    ),
    fresh: {
      info: { halfLifeDays: 10 },
      columns: { freshness: floats((it, row) => 0.5 ** ((it.ageDays ?? row) / 10)) },
    },
    mood: {
      info: { names, moods: names.length },
      columns: { vectors: Float32Array.from(Object.values(moods).flatMap(unit)) },
    },
  };
}

/** A part of popularity, as of likes without a dislike, where texts say nothing. */
export const popularFrom = (popularity: Float32Array, name = "popularity"): Part => ({
  info: { params: POPULARITY },
  columns: {
    [name]: popularity,
    ...(name === "popularity" && {
      prior: new Float32Array(popularity.length),
      textMap: new Float32Array(0),
    }),
    tally: Float32Array.from([...popularity].flatMap((it) => [Math.expm1(it), 0, 0, 1, 0])),
  },
});

/** A part that is a table. */
export const tablePart = ({ m, rows, scores }: TopTable, info = {}): Part => ({
  info: { m, ...info },
  columns: { rows, scores },
});

/** The vector scaled to length 1. */
export function unit(vector: readonly number[]): number[] {
  const out = Float32Array.from(vector);
  normalise(out);
  return [...out];
}

/** Ranks with `model`, for a history of events or a person; ids, best first. */
export function rankingWith(model: Model) {
  const ranker = atOnce(openRanker(model, nearestIn(model)));
  const person = (events: readonly Done[]) => personOf(model, ranker.rowOf, history(...events));
  const rank = (events: readonly Done[], over: Partial<RankInputs> = {}) =>
    ranker.rankWithScores({
      person: person(events),
      categoryMask: undefined,
      mood: undefined,
      limit: 100,
      ...over,
    });
  const ids = (rows: Uint32Array) => Array.from(rows, (row) => model.postKeys[row]!);
  return {
    ranker,
    person,
    rank,
    ids,
    feed: (...asked: Parameters<typeof rank>) => ids(rank(...asked).rows),
  };
}

/** Exact search over the model's embeddings. */
export function nearestIn({ embeddings }: Model) {
  return (vector: Float32Array, count: number) => nearestExact(embeddings, vector, count);
}

/** Nobody. */
export const STRANGER: Person = {
  length: 0,
  seen: new Uint32Array(0),
  disliked: new Uint32Array(0),
  rows: new Uint32Array(0),
  confidence: new Float32Array(0),
  newer: new Uint32Array(0),
  profile: undefined,
  recency: {},
};

/** The query of a stage: by default a stranger asks for anything. */
export function queryFor(model: Model, over: Partial<RankInputs> = {}) {
  const nearest = nearestIn(model);
  return queryOf({
    model,
    nearest,
    person: STRANGER,
    categoryMask: undefined,
    mood: undefined,
    limit: 100,
    ...over,
  });
}

/** Row numbers of a model's posts by id. */
export const rowsOf = (model: Model) =>
  vocabulary(model.postKeys.subarray(0, postCount(model))).rowOf;

function distinct(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((it) => it !== undefined))];
}

function tableOf(entries: readonly (readonly [number, number, number])[], posts: number): TopTable {
  const byRow = Map.groupBy(entries, ([row]) => row);
  const m = Math.max(1, ...[...byRow.values()].map((it) => it.length));
  const table = { m, rows: new Uint32Array(posts * m), scores: new Float32Array(posts * m) };
  for (const [row, its] of byRow)
    for (const [n, [, other, score]] of its.entries()) {
      table.rows[row * m + n] = other;
      table.scores[row * m + n] = score;
    }
  return table;
}
