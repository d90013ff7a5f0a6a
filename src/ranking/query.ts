/** What is asked for, and what of it is worked out once for all stages. */
import type { Arrays } from "../linalg/arena.ts";
import type { Weighted } from "../linalg/rank-wasm/columns.ts";
import type { FindNearest } from "../index/contract.ts";
import type { Model } from "../snapshot/model.ts";
import { sequencePart } from "../models/next-item/model.ts";
import { denseOf, type Dense } from "./prepared-model.ts";
import { interestsOf, type Interests } from "./interests.ts";
import { eligibilityOf, type Eligibility } from "./eligibility.ts";
import type { Person } from "./person.ts";
import { stretchVotes } from "./sequence-knn.ts";

/** The parts of a request that ranking reads. */
export type Asked = {
  readonly model: Model;
  readonly person: Person;
  /** Hard filter: 1 for rows that match the category; `undefined` allows all. */
  readonly categoryMask: Uint8Array | undefined;
  /** Unit vector of the mood `[d]`. */
  readonly mood: Float32Array | undefined;
  /** Most posts to rank. */
  readonly limit: number;
  /** Searches the model's embeddings. */
  readonly nearest: FindNearest;
};

/** A request with what several stages read, each worked out when first read. */
export type Query = Asked & {
  readonly dense: Dense;
  readonly arrays: Arrays;
  /** Which posts may be in this feed. Sources pick among these; nothing else says no. */
  readonly eligibility: () => Eligibility;
  /** x·y of every post; all zero without factors `[posts]`. */
  readonly collaborative: () => Float32Array;
  /** Similarity of every post to the liked posts, by who liked them `[posts]`. */
  readonly neighbours: () => Float32Array;
  /** How much every post tends to follow the posts liked last `[posts]`. */
  readonly sequence: () => Float32Array;
  /** How much others like every post next whose recent past resembles theirs `[posts]`. */
  readonly stretches: () => Float32Array;
  readonly interests: () => Interests;
  /**
   * Inner product of every interest with every post, likes first `[interests × posts]`; `undefined`
   * where the catalogue is too large to look at all of it.
   */
  readonly similarity: () => Float32Array | undefined;
};

/** Prepare a request. */
export function queryOf(asked: Asked): Query {
  const { model, person } = asked;
  const posts = model.postKeys.length;
  const dense = denseOf(model);
  const { arrays } = dense.kernel;
  const interests = once(() => interestsOf(model, person));
  return {
    ...asked,
    dense,
    arrays,
    eligibility: once(() => eligibilityOf(asked, dense.eligibility, arrays)),
    collaborative: once(() =>
      person.factors === undefined
        ? arrays.floats(posts).fill(0)
        : dense.factors.withAll(person.factors).subarray(0, posts),
    ),
    neighbours: once(() => dense.neighbours(lookUpsOf(model, person).neighbours)),
    sequence: once(() => dense.successors(lookUpsOf(model, person).successors)),
    stretches: once(() => {
      const votes = arrays.floats(posts).fill(0);
      const { rows, weights } = stretchVotes(model, person);
      for (let n = 0; n < rows.length; n++) votes[rows[n]!] = weights[n]!;
      return votes;
    }),
    interests,
    similarity: once(() => dense.interests?.(interests())),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Rows of the tables that somebody's history stands for. */
type LookUps = { readonly neighbours: Weighted; readonly successors: Weighted };

const known = new WeakMap<Person, LookUps>();

/** Worked out once a person, like the factors. */
function lookUpsOf(model: Model, person: Person): LookUps {
  const before = known.get(person);
  if (before !== undefined) return before;
  const lookUps = { neighbours: remembered(person), successors: lookBack(model, person) };
  known.set(person, lookUps);
  return lookUps;
}

/** What has faded to less than this share of the most certain is left out. */
const FORGOTTEN = 1e-3;

/** What neighbours are looked up with: the posts that still count. */
function remembered({ rows, recent }: Person): Weighted {
  let most = 0;
  for (let n = 0; n < recent.length; n++) most = Math.max(most, Math.abs(recent[n]!));
  const counts = (_: number, n: number) => Math.abs(recent[n]!) > FORGOTTEN * most;
  return { rows: rows.filter(counts), weights: recent.filter(counts) };
}

/** The newest liked posts as rows of `successors`, weighted by place only: what comes next depends on what came last. */
function lookBack(model: Model, { rows, confidence }: Person): Weighted {
  const liked = rows.filter((_, n) => confidence[n]! > 0);
  const places: number[] = [];
  const weights: number[] = [];
  const { lookBacks } = sequencePart.of(model).info;
  for (const [block, { decay, window, scale }] of lookBacks.entries())
    for (let age = 0; age < Math.min(window, liked.length); age++) {
      places.push(block * model.postKeys.length + liked[liked.length - 1 - age]!);
      weights.push(scale * decay ** age);
    }
  return { rows: Uint32Array.from(places), weights: Float32Array.from(weights) };
}
