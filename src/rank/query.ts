/** What is asked for, and what of it is worked out once for all stages. */
import type { TopTable } from "../math/sparse.ts";
import { dotRows } from "../math/vector.ts";
import type { FindNearest } from "../nearest/contract.ts";
import type { Model } from "../snapshot/model.ts";
import { interestsOf, type Interests } from "./interests.ts";
import type { Person } from "./person.ts";

/** The parts of a request that ranking reads. */
export type Asked = {
  readonly model: Model;
  readonly person: Person;
  /** Hard filter: 1 for rows that match the category; `undefined` allows all. */
  readonly within: Uint8Array | undefined;
  /** Unit vector of the mood `[d]`. */
  readonly mood: Float32Array | undefined;
  /** Most posts to rank. */
  readonly limit: number;
  /** Searches the model's embeddings. */
  readonly nearest: FindNearest;
};

/** A request with its dense score columns `[posts]`, each worked out when first read. */
export type Query = Asked & {
  readonly collaborative: () => Float32Array;
  readonly neighbours: () => Float32Array;
  readonly sequence: () => Float32Array;
  readonly interests: () => Interests;
};

/** Prepare a request. */
export function queryOf(asked: Asked): Query {
  const { model, person } = asked;
  return {
    ...asked,
    collaborative: once(() => innerProducts(model, person)),
    neighbours: once(() =>
      spread(model.neighbours, model.postIds.length, {
        rows: person.rows,
        confidence: person.recent,
      }),
    ),
    sequence: once(() => spread(model.successors, model.postIds.length, lookBack(model, person))),
    interests: once(() => interestsOf(model, person)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * x·y of every post; all zero without factors. Too cheap for an index, and every candidate's is
 * wanted: .3 ms for 10,000 posts × 64, 3 ms for 100,000.
 */
function innerProducts({ postFactors, postIds, info }: Model, { factors }: Person): Float32Array {
  const out = new Float32Array(postIds.length);
  if (factors === undefined) return out;
  for (let row = 0; row < out.length; row++)
    out[row] = dotRows(factors, 0, postFactors, row, info.k);
  return out;
}

/** `Σ_i c_i table[i → j]` for every post j. */
function spread(
  table: TopTable,
  posts: number,
  { rows, confidence }: Pick<Person, "rows" | "confidence">,
): Float32Array {
  const out = new Float32Array(posts);
  for (const [n, row] of rows.entries())
    for (let p = row * table.m; p < (row + 1) * table.m && table.scores[p] !== 0; p++)
      out[table.rows[p]!]! += confidence[n]! * table.scores[p]!;
  return out;
}

/** The newest liked posts as rows of `successors`, weighted by place only: what comes next depends on what came last. */
function lookBack(
  { info, postIds }: Model,
  { rows, confidence }: Person,
): Pick<Person, "rows" | "confidence"> {
  const liked = rows.filter((_, n) => confidence[n]! > 0);
  const places: number[] = [];
  const weights: number[] = [];
  for (const [block, { decay, window, scale }] of info.lookBacks.entries())
    for (let age = 0; age < Math.min(window, liked.length); age++) {
      places.push(block * postIds.length + liked[liked.length - 1 - age]!);
      weights.push(scale * decay ** age);
    }
  return { rows: Uint32Array.from(places), confidence: Float32Array.from(weights) };
}
