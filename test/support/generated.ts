/** Models and histories of any size, made by chance from a seed: for benches, and for comparing old with new. */
import type { History } from "../../src/domain/history.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import type { TopTable } from "../../src/linalg/sparse.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { RECENCY } from "../../src/models/models.ts";
import type { Part } from "../../src/snapshot/columns.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { gram, randomFactors } from "../../src/models/ials/als.ts";
import { presentConfidence } from "../../src/models/confidence.ts";
import { EASE } from "../../src/models/item-item/ease.ts";
import { LINEAR_SEQUENCE } from "../../src/models/next-item/linear-sequence.ts";
import { NEIGHBOURS } from "../../src/models/item-item/neighbours.ts";
import { affordable } from "../../src/models/top-tables.ts";
import { LOG_LIFTS } from "../../src/models/markov/log-lifts.ts";
import { history, type Done } from "./histories.ts";
import { AS_OF_MS } from "./model.ts";
import { popularFrom, tablePart } from "./sketch.ts";
import { partsOf } from "./parts.ts";
import { textLikeVectors } from "./vectors.ts";

const DAY_MS = 86_400_000;
const [K, D] = [64, 384];
const CATEGORIES = 20;
const CREATORS = 300;
/** Exponent by which popular posts are drawn sooner: rows ascend from the most popular. */
const SKEW = 2.5;

/** Parts of models whose own tests say how these are generated: `test/models/<model>/generated.ts`. */
type Generated = {
  readonly generatedPart: (posts: number, random: () => number) => Readonly<Record<string, Part>>;
  readonly finishedPart: (parts: Model["parts"]) => Promise<Readonly<Record<string, Part>>>;
};
const GENERATED = await Promise.all(
  [...new Bun.Glob("*/generated.ts").scanSync(`${import.meta.dir}/../models`)].map(
    (path) => import(`../models/${path}`) as Promise<Generated>,
  ),
);
const generatedParts = (posts: number, random: () => number) =>
  Object.assign({}, ...GENERATED.map((it) => it.generatedPart(posts, random))) as Record<string, Part>; // prettier-ignore

/** A model with every part filled, as wide as real ones. One post in fifty may not be served. */
export function generatedModel(posts: number, seed: number): Model {
  const random = seededRandom(seed);
  const rows = Array.from({ length: posts }, (_, row) => row);
  const postFactors = randomFactors(posts, K, seed);
  const createdAtMs = Float64Array.from(rows, () => AS_OF_MS - 2_000 * DAY_MS * random() ** 2);
  const isLinear = posts <= LINEAR_SEQUENCE.postsMax;
  const windows = LINEAR_SEQUENCE.blocks;
  const floats = (name: string, of: (row: number) => number): Part => ({
    info: {},
    columns: { [name]: Float32Array.from(rows, of) },
  });
  const next = isLinear ? LINEAR_SEQUENCE.m : 1;
  return {
    info: {
      asOfMs: AS_OF_MS,
      seed,
      encoder: { model: "generated@1", dimension: D },
      embedded: posts,
      categories: Array.from({ length: CATEGORIES }, (_, n) => ({ id: n + 1, name: `kind ${n}` })),
      topicCodes: [],
      creators: Array.from({ length: CREATORS }, (_, n) => `creator ${n}`),
      confidence: presentConfidence(),
      recency: RECENCY,
      blend: SHIPPED_BLEND,
    },
    postKeys: Float64Array.from(rows, (row) => 1_001 + 3 * row),
    createdAtMs,
    flags: Uint8Array.from(rows, () => Number(random() < 0.02)),
    placeholders: new Uint8Array(posts),
    duplicates: new Int32Array(posts).fill(-1),
    categoryRows: Int32Array.from(rows, () => Math.floor(CATEGORIES * random() ** 2)),
    furtherCategories: new Int32Array(0),
    expiresAtMs: new Float64Array(posts),
    tagPairs: new Uint32Array(0),
    topicRows: new Int32Array(posts).fill(-1),
    creatorRows: Int32Array.from(rows, () => Math.floor(CREATORS * random() ** 2)),
    embeddings: textLikeVectors(posts, D, seed),
    ratings: Float32Array.from({ length: 1_000 }, () => Math.round(10 * random()) * 10).sort(),
    watchShares: new Float32Array(0),
    watchCounts: new Uint32Array(0),
    parts: partsOf(
      { posts, d: D },
      {
        collaborative: {
          info: { k: K, features: 0, lambda: 0.01, alpha0: 0.1 },
          columns: {
            postFactors,
            gram: gram(postFactors, K, 0.1),
            postMap: new Float32Array(0),
            userMap: new Float32Array(0),
          },
        },
        neighbours: tablePart(
          generatedTable(posts, posts, posts <= EASE.postsMax ? EASE.m : NEIGHBOURS.m, random),
        ),
        sequence: tablePart(generatedTable(posts * windows.length, posts, next, random), {
          blocks: windows.length,
          windows,
        }),
        markov: generatedMarkov(posts, random),
        trending: popularFrom(
          Float32Array.from(rows, () => random()),
          "trending",
        ),
        popular: popularFrom(
          Float32Array.from(rows, (row) => Math.max(0, random() + 10 / (10 + row) - 0.1)),
        ),
        fresh: {
          ...floats("freshness", (row) => 0.5 ** ((AS_OF_MS - createdAtMs[row]!) / (10 * DAY_MS))),
          info: { halfLifeDays: 10 },
        },
        similar: floats("floors", () => 0.3),
        mood: { info: { names: [], moods: 0 }, columns: { vectors: new Float32Array(0) } },
        ...generatedParts(posts, random),
      },
    ),
  };
}

/** The model with its parts as training leaves them, which takes longer. */
export async function finished(model: Model): Promise<Model> {
  const parts = await Promise.all(GENERATED.map((it) => it.finishedPart(model.parts)));
  return { ...model, parts: Object.assign({}, model.parts, ...parts) as Model["parts"] };
}

/** Log lifts, in as many blocks as training makes. */
function generatedMarkov(posts: number, random: () => number): Part {
  const windows = LOG_LIFTS.blocks.map(({ query }) => query);
  const m = affordable(LOG_LIFTS.m, windows.length * posts);
  const table = generatedTable(windows.length * posts, posts, m, random);
  return tablePart(table, { blocks: windows.length, windows });
}

/** `rows` lists of the best `m` of `posts`, scores falling. */
function generatedTable(rows: number, posts: number, m: number, random: () => number): TopTable {
  const table = { m, rows: new Uint32Array(rows * m), scores: new Float32Array(rows * m) };
  for (let n = 0; n < rows * m; n++) {
    table.rows[n] = Math.floor(posts * random() ** SKEW);
    table.scores[n] = (0.5 + random()) / (1 + (n % m));
  }
  return table;
}

/**
 * Somebody's history: everything viewed and rated, and what they rated well liked; `posts` of them,
 * the popular sooner, one a day.
 */
export function generatedHistory(model: Model, posts: number, seed: number): History {
  const random = seededRandom(seed);
  const ids = new Set<number>();
  while (ids.size < Math.min(posts, model.postKeys.length / 2))
    ids.add(model.postKeys[Math.floor(model.postKeys.length * random() ** SKEW)]!);
  const done = [...ids].flatMap((post, n): Done[] => {
    const atMs = AS_OF_MS - (ids.size - n) * DAY_MS;
    const value = Math.round(10 * random()) * 10;
    const events: Done[] = [
      { post, kind: "view", atMs },
      { post, kind: "rating", value, atMs },
    ];
    return value >= 80 ? [...events, { post, kind: "like", atMs }] : events;
  });
  return history(...done);
}

/** Lengths of the histories of `users` people: a few very long, 165 posts on average. */
export function generatedLengths(users: number, seed: number, average = 165): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: users }, () => Math.ceil(-average * Math.log(1 - random())));
}
