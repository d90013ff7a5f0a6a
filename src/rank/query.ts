/** What is asked for, and what of it is worked out once for all stages. */
import type { TopTable } from "../math/sparse.ts";
import type { FindNearest } from "../nearest/contract.ts";
import type { Model } from "../snapshot/model.ts";
import { denseOf } from "./dense.ts";
import { interestsOf, type Interests } from "./interests.ts";
import type { Person } from "./person.ts";
import { stretchVotes } from "./stretches.ts";

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

/** A request with what several stages read, each worked out when first read. */
export type Query = Asked & {
  /** 1 for rows the person has not touched `[posts]`. */
  readonly unseen: () => Uint8Array;
  /** 1 for rows that may be in this feed: servable, unseen, in the category asked for `[posts]`. */
  readonly open: () => Uint8Array;
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
  const { model, person, within } = asked;
  const posts = model.postIds.length;
  const unseen = once(() => allBut(person.seen, posts));
  const interests = once(() => interestsOf(model, person));
  return {
    ...asked,
    unseen,
    open: once(() => openRows(model.flags, unseen(), within)),
    collaborative: once(() =>
      person.factors === undefined
        ? new Float32Array(posts)
        : denseOf(model).factors(person.factors),
    ),
    neighbours: once(() =>
      spread(model.neighbours, posts, { rows: person.rows, confidence: person.recent }),
    ),
    sequence: once(() => spread(model.successors, posts, lookBack(model, person))),
    stretches: once(() => {
      const votes = new Float32Array(posts);
      for (const [row, vote] of stretchVotes(model, person)) votes[row] = vote;
      return votes;
    }),
    interests,
    similarity: once(() => denseOf(model).interests?.(interests())),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function allBut(rows: Uint32Array, posts: number): Uint8Array {
  const mask = new Uint8Array(posts).fill(1);
  for (let n = 0; n < rows.length; n++) mask[rows[n]!] = 0;
  return mask;
}

function openRows(flags: Uint8Array, unseen: Uint8Array, within: Uint8Array | undefined) {
  const open = unseen.slice();
  for (let row = 0; row < open.length; row++) if (flags[row] !== 0) open[row] = 0;
  if (within !== undefined) for (let row = 0; row < open.length; row++) open[row]! &= within[row]!;
  return open;
}

/** `Σ_i c_i table[i → j]` for every post j. */
function spread(
  { m, rows: others, scores }: TopTable,
  posts: number,
  { rows, confidence }: Pick<Person, "rows" | "confidence">,
): Float32Array {
  const out = new Float32Array(posts);
  for (let n = 0; n < rows.length; n++) {
    const c = confidence[n]!;
    let p = (rows[n]! * m) | 0; // an integer to the engine too: see dotRows
    const end = (p + m) | 0;
    // Four at a time, in two thirds of the time. After the first 0 there are only zeros.
    for (; p + 4 <= end && scores[p + 3] !== 0; p += 4) {
      out[others[p]!]! += c * scores[p]!;
      out[others[p + 1]!]! += c * scores[p + 1]!;
      out[others[p + 2]!]! += c * scores[p + 2]!;
      out[others[p + 3]!]! += c * scores[p + 3]!;
    }
    for (; p < end && scores[p] !== 0; p++) out[others[p]!]! += c * scores[p]!;
  }
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
