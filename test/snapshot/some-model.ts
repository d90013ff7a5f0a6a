/** Small models, for tests of the files they are written to. */
import { seededRandom } from "../../src/linalg/random.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { RECENCY } from "../../src/ranking/person.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { CONFIDENCE } from "../../src/models/confidence.ts";

const [K, D, M, MOODS] = [4, 6, 3, 2];

/** A model of `posts` posts with random numbers in every column. */
export function someModel(seed: number, posts = 10): Model {
  const random = seededRandom(seed);
  const floats = (length: number) => Float32Array.from({ length }, () => random() - 0.5);
  const rows = (length: number) => Uint32Array.from({ length }, () => Math.floor(random() * posts));
  return {
    info: {
      asOfMs: 1_700_000_000_000 + seed,
      seed,
      k: K,
      encoder: { model: "test", dimension: D },
      embedded: posts,
      categories: [{ id: 2, name: "Überraschung" }],
      topicCodes: ["abc"],
      stretchDecays: [0.6, 0.9],
      lookBacks: [
        { decay: 0.5, window: 4, scale: 1 },
        { decay: 0.9, window: 9, scale: 0.5 },
      ],
      moods: ["calm", "happy"],
      settings: { lambda: 0.01, alpha0: 0.3, confidence: CONFIDENCE, recency: RECENCY },
      blend: SHIPPED_BLEND,
    },
    postKeys: Float64Array.from({ length: posts }, (_, row) => 2 ** 40 + row),
    createdAtMs: Float64Array.from({ length: posts }, () => Math.floor(random() * 1e12)),
    flags: Uint8Array.from({ length: posts }, () => Math.floor(random() * 8)),
    placeholders: Uint8Array.from({ length: posts }, () => Math.floor(random() * 2)),
    duplicates: Int32Array.from({ length: posts }, () => Math.floor(random() * 2) - 1),
    categoryRows: Int32Array.from({ length: posts }, () => Math.floor(random() * 2) - 1),
    topicRows: Int32Array.from({ length: posts }, () => Math.floor(random() * 2) - 1),
    postFactors: floats(posts * K),
    gram: Float64Array.from({ length: K * K }, random),
    userMap: floats(7 * K),
    neighbours: { m: M, rows: rows(posts * M), scores: floats(posts * M) },
    successors: { m: M + 1, rows: rows(2 * posts * (M + 1)), scores: floats(2 * posts * (M + 1)) },
    stretchVectors: floats(posts * 2),
    stretchStates: Int8Array.from({ length: 3 * 2 * 2 }, () => Math.floor(200 * random() - 100)),
    stretchNext: Int32Array.from({ length: 3 * 2 }, () => Math.floor(posts * random()) - 1),
    stretchCentres: Int8Array.from({ length: 2 * 2 * 2 }, () => Math.floor(200 * random() - 100)),
    stretchStarts: Uint32Array.of(0, 1, 3),
    trending: floats(posts),
    popularity: floats(posts),
    freshness: floats(posts),
    embeddings: floats(posts * D),
    moodVectors: floats(MOODS * D),
    floors: floats(posts),
    ratings: floats(5).sort(),
  };
}

/** A model of an empty store: no posts, no encoder, nothing rated. */
export function emptyModel(): Model {
  const model = someModel(1, 0);
  const none = new Float32Array(0);
  return {
    ...model,
    info: { ...model.info, encoder: undefined, embedded: 0, moods: [] },
    userMap: none,
    stretchStates: new Int8Array(0),
    stretchNext: new Int32Array(0),
    stretchCentres: new Int8Array(0),
    stretchStarts: new Uint32Array(0),
    moodVectors: none,
    ratings: none,
  };
}
