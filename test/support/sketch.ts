/** Sketches of posts and of the parts of a model: whatever they do not say is plain. */
import { normalise } from "../../src/linalg/vector.ts";
import type { TopTable } from "../../src/linalg/sparse.ts";
import type { Part } from "../../src/snapshot/columns.ts";
import type { ModelInfo } from "../../src/snapshot/model.ts";
import { gram } from "../../src/models/ials/als.ts";
import { POPULARITY } from "../../src/models/popularity/popularity.ts";

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

/** Width of factors. */
const K = 2;
/** Width of embeddings. */
export const D = 3;
/** Similarity above which a text is about a post. */
const FLOOR = 0.35;
const ALS = { lambda: 0.01, alpha0: 0.1 };

/** Parts of the models that most tests have to do with, from the posts' lines and the sketch. */
export function sketchedParts(
  posts: readonly PostSketch[],
  sketch: ModelSketch,
): Record<string, Part> {
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
    sequence: tablePart(next!, { blocks: 1, windows: [{ decay: 0.6, window: 5, scale: 1 }] }),
    markov: tablePart(tableOf([], posts.length), { blocks: 1, windows: [] }),
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
