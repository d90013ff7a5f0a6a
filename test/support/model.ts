/** Small models made by hand: a post is a line, and whatever it does not say is plain. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { nearestExact } from "../../src/index/exact.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { openRanker } from "../../src/ranking/feed.ts";
import { RECENCY } from "../../src/models/models.ts";
import { tagPairs } from "../../src/models/tags.ts";
import { personOf, type Person } from "../../src/models/person.ts";
import { queryOf } from "../../src/ranking/query.ts";
import type { RankInputs } from "../../src/models/contract.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { presentConfidence } from "../../src/models/confidence.ts";
import { postCount } from "../../src/snapshot/spare.ts";
import { partsOf } from "./parts.ts";
import { history, type Done } from "./histories.ts";
import { D, sketchedParts, unit, type ModelSketch, type PostSketch } from "./sketch.ts";

/** Time at which the models were learnt. */
export const AS_OF_MS = Date.UTC(2025, 5, 1);
const DAY_MS = 86_400_000;
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
