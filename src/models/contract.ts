/** Contract of a model: its columns, training, preparation, source, score and words. */
import type { FindNearest } from "../index/contract.ts";
import type { RankKernel } from "../linalg/rank-wasm/kernel.ts";
import type { Arrays } from "../linalg/arena.ts";
import type { Products } from "../linalg/rank-wasm/products.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import type { ColumnSpecs, Part } from "../snapshot/columns.ts";
import type { Model } from "../snapshot/model.ts";
import type { Adjustments } from "../domain/adjustments.ts";
import type { SliderName, Sliders } from "../domain/sliders.ts";
import type { Person } from "./person.ts";
import type { LaterTally } from "./popularity/later-tally.ts";
import type { TextView, TrainingView } from "./training-view.ts";
import type { Trials } from "./trials.ts";

/** One model; `models.ts` lists them all. */
export type ModelSpec = {
  /** Names its part of a snapshot, its source, and its term of the score. */
  readonly name: string;
  readonly columns: ColumnSpecs;
  /** Trains the part; a model may read the parts of models listed before it. */
  readonly train: (view: TrainingView) => Part | Promise<Part>;
  /** Texts of its own that the encoder encodes. */
  readonly texts?: readonly string[];
  /** The part with the vectors made since `before` was trained; absent if it uses no vectors. */
  readonly renew?: (before: Model, view: TextView) => Part;
  /**
   * Fills rows of posts that came after the training, or whose texts have changed, from their vectors;
   * returns the matrices that it has written to.
   */
  readonly fill?: (model: Model, rows: Uint32Array, texts: TextView["texts"]) => Float32Array[];
  /** Opens a tally of what people have done after the training, if the part counts it. */
  readonly later?: (model: Model) => LaterTally;
  /** Prepares a snapshot's part for requests, again each time that later posts or counts have come. */
  readonly serve: (view: ServingView) => Steps<Served>;
  /** Shipped weights of its score in the blend at history lengths of 0, 1, 5 and 20 posts; absent: no score. */
  readonly weights?: readonly [number, number, number, number];
  /** Share of an event's confidence that is left for each newer one, 0 to 1; absent: all of it. */
  readonly recency?: number;
  /** True if the score depends on a person's history. */
  readonly isPersonal?: boolean;
  /** The slider by which a person weighs the score. */
  readonly slider?: SliderName;
  /** Meaning of the score, a sentence for the glossary. */
  readonly about: string;
  /** Reason why a post is in a feed, with the post as the subject. */
  readonly words: string;
  /** Reason that one post of the history gives for another, worded to follow "because you liked it" and a comma. */
  readonly because?: string;
};

/** A model ready for requests. */
export type Served = {
  /** Finds eligible posts, unordered: many and fast, for recall. */
  readonly retrieve?: (request: Request) => Uint32Array;
  /** Scores of some rows, on any scale; above 0 for a post that it recommends. */
  readonly score?: (request: Request, rows: Uint32Array) => Float32Array;
  /** Contribution of each of `person.rows` to a row's score: the score would be so much lower without it. */
  readonly pulls?: (request: Request, row: number) => Float32Array;
  /** A column that is added to `total`, the blend of all scores; `undefined` leaves it as it is. */
  readonly boost?: (
    request: Request,
    rows: Uint32Array,
    total: Float32Array,
  ) => Float32Array | undefined;
};

/** The catalogue of a snapshot as models prepare for requests. */
export type ServingView = {
  readonly model: Model;
  readonly kernel: RankKernel;
  /** 1 for posts whose text has a vector `[posts]`. */
  readonly hasVector: Uint8Array;
  /** Inner products with vectors of texts. */
  readonly texts: Products;
  /** Rows that may be served, the most popular first. */
  readonly byPopularity: Uint32Array;
  /** Rows that may be served, the newest first. */
  readonly byNewness: Uint32Array;
};

/** The inputs of ranking. */
export type RankInputs = {
  readonly model: Model;
  readonly person: Person;
  /** Hard filter: 1 for rows that match the category; `undefined` allows all. */
  readonly categoryMask: Uint8Array | undefined;
  /** Rows that the request excludes. */
  readonly excluded?: Uint32Array | undefined;
  /** Rows that were served in the same session of the app before, in that order. */
  readonly served?: Uint32Array | undefined;
  /** Time of the request, Unix epoch milliseconds; absent: no post has expired. */
  readonly nowMs?: number | undefined;
  /** Unit vector of the mood `[d]`. */
  readonly mood: Float32Array | undefined;
  /** The person's steering; absent: none. */
  readonly steering?: Pulls | undefined;
  /** The person's sliders; absent: all in the middle. */
  readonly sliders?: Sliders | undefined;
  /** The operator's factors of what was fitted; absent: all neutral. */
  readonly adjustments?: Adjustments | undefined;
  /** New posts with reserved slots, and the seed of the draws for these; absent: nothing is drawn. */
  readonly trials?: Trials | undefined;
  readonly seed?: number | undefined;
  /** Most posts to rank. */
  readonly limit: number;
  /** Searches the model's embeddings. */
  readonly nearest: FindNearest;
};

/** A person's requests to their feed, in one snapshot. */
export type Pulls = {
  /** Rows that may not come: of creators whom they hide. */
  readonly hidden: Uint32Array;
  readonly pulls: readonly Pull[];
};

/** A request for more or less of something. */
export type Pull = {
  /** Strength after fading: from −1, much less, to 1, much more. */
  readonly strength: number;
  /** The rows that it is about, or else a unit vector that it is about `[d]`. */
  readonly about: Uint32Array | Float32Array;
  /** The rows that are nearest to the vector: found once, since it takes as long as all other sources. */
  readonly near?: Uint32Array;
  /** The request in words, such as "you asked for more by ada". */
  readonly words: string;
};

/** A request as models read it. Arrays that they allocate in {@link arrays} are valid until it is answered. */
export type Request = RankInputs & {
  readonly arrays: Arrays;
  /** 1 for rows that may be in this feed `[posts]`. */
  readonly eligibility: () => { readonly eligible: Uint8Array };
};

/**
 * {@link remembered}, shared by all that name the same owner: the states of a snapshot with later posts
 * have most parts in common.
 */
export function rememberedIn<K extends object, T>(): (
  owner: object,
  make: (key: K) => T,
) => (key: K) => T {
  const known = new WeakMap<object, (key: K) => T>();
  return (owner, make) => {
    const it = known.get(owner) ?? remembered(make);
    known.set(owner, it);
    return it;
  };
}

/** A function that is computed once for each key, and remembered as long as the key lives. */
export function remembered<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    let it = known.get(key);
    if (it === undefined) known.set(key, (it = { value: make(key) }));
    return it.value;
  };
}
