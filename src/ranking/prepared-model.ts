/** What can be worked out for a whole catalogue at once, prepared once for a model. */
import { combinationsBytes, combinationsIn } from "../linalg/rank-wasm/combinations.ts";
import { columnsIn, plainColumns, type Columns } from "../linalg/rank-wasm/vector-ops.ts";
import {
  padded,
  plainProducts,
  productsBytes,
  productsOpening,
  type Products,
} from "../linalg/rank-wasm/products.ts";
import { openRoom, roomFor, type Room } from "../linalg/rank-wasm/room.ts";
import { plainSpread, PLACES_MAX, spreadBytes, spreading, type Spread } from "../linalg/rank-wasm/sparse-row-sum.ts"; // prettier-ignore
import { strongestOf, type Strongest } from "../linalg/rank-wasm/mips.ts";
import type { TopTable } from "../linalg/sparse.ts";
import { atOnce, type Steps } from "../runtime/time-slicing.ts";
import { hasVector } from "../index/exact.ts";
import type { Model } from "../snapshot/model.ts";
import { catalogueEligibility, type Eligibility } from "./eligibility.ts";
import { freshPart } from "../models/freshness/model.ts";
import { collaborativePart } from "../models/ials/model.ts";
import { neighboursPart } from "../models/item-item/model.ts";
import { sequencePart } from "../models/next-item/model.ts";
import { popularPart } from "../models/popularity/model.ts";
import { tableIn } from "../models/top-tables.ts";
import { trendingPart } from "../models/trending/model.ts";
import type { Interests } from "./interests.ts";
import { standingOf, type Standing } from "./standing.ts";

/** A model's matrices, where they are soon read, and what they say of all posts. */
export type Dense = {
  /** Where the columns of a request lie. */
  readonly columns: Columns;
  /** Of every request alike: what each adds is worked out from a copy. */
  readonly eligibility: Eligibility;
  /** 1 for posts whose text has a vector `[posts]`. */
  readonly hasVector: Uint8Array;
  readonly popularity: Float32Array;
  readonly trending: Float32Array;
  readonly freshness: Float32Array;
  readonly standing: Standing;
  /** Inner products with a person's factors; where they are many, see {@link strongest}. */
  readonly factors: Products;
  /** What finds the largest of these without looking at all; `undefined` up to {@link FACTORS_MAX}. */
  readonly strongest: Strongest | undefined;
  readonly neighbours: Spread;
  readonly successors: Spread;
  /**
   * Inner products of every interest with all posts, likes first; `undefined` above
   * {@link NUMBERS_MAX}: there an index finds what is near.
   */
  readonly interests: ((interests: Interests) => Float32Array) | undefined;
  /** Inner products with vectors of texts. */
  readonly texts: Products;
};

/** Numbers of the factors from which copying everything for SIMD is worth it. */
const NUMBERS_MIN = 1 << 14;
/**
 * Numbers of the embeddings up to which looking at all is sooner than asking an index for each
 * interest: 87,000 posts × 384, 64 MB in 16 bits. Of 10,000 six interests take .5 ms.
 */
const NUMBERS_MAX = 1 << 25;
/** Numbers of the factors up to which looking at all takes a millisecond or less: 65,000 posts × 128. */
const FACTORS_MAX = 1 << 23;
/** Numbers of the embeddings of which a copy in 16 bits is worth its memory: 250,000 posts × 384, 192 MB. */
const KEPT_MAX = 96_000_000;
/** Posts up to which products of all with each other are kept: 64 MB. */
const POSTS_MAX = 4_096;
/** Columns as long as the catalogue that a request needs, and bytes besides: more than enough. */
const [COLUMNS, BYTES] = [40, 1 << 20];

const prepared = new WeakMap<Model, Dense>();

/** The same for the same model: its matrices are copied to where SIMD reads them. */
export function denseOf(model: Model): Dense {
  return prepared.get(model) ?? atOnce(preparing(model));
}

/** The same in steps. */
export function* preparing(model: Model): Steps<Dense> {
  const dense = prepared.get(model) ?? (yield* denseFrom(model));
  prepared.set(model, dense);
  return dense;
}

function* denseFrom(model: Model): Steps<Dense> {
  const { postKeys, info } = model;
  const ials = collaborativePart.of(model);
  const posts = postKeys.length;
  const d = info.encoder?.dimension ?? 0;
  const isWorthIt =
    ials.columns.postFactors.length >= NUMBERS_MIN && ials.info.k % 8 === 0 && d % 8 === 0;
  const room = isWorthIt ? openRoom(bytesFor(model)) : undefined;
  const columns = room ? columnsIn(room) : plainColumns;
  const kept = (values: Float32Array) => {
    if (room === undefined) return values;
    const copy = room.floats(posts);
    copy.set(values);
    return copy;
  };
  const mask = (is: (row: number) => boolean) => {
    const ones = room?.bytes(posts) ?? new Uint8Array(posts);
    for (let row = 0; row < posts; row++) ones[row] = Number(is(row));
    return ones;
  };
  return {
    columns,
    eligibility: catalogueEligibility(model),
    hasVector: mask((row) => hasVector(model.embeddings, row, d)),
    popularity: kept(popularPart.of(model).columns.popularity),
    trending: kept(trendingPart.of(model).columns.trending),
    freshness: kept(freshPart.of(model).columns.freshness),
    standing: yield* standingOf(model),
    ...(yield* factorProducts(model, room, columns)),
    neighbours: yield* spreadOf(tableIn(neighboursPart.of(model)), posts, room),
    successors: yield* spreadOf(tableIn(sequencePart.of(model)), posts, room),
    ...(yield* textProducts(model, room)),
  };
}

function* spreadOf(table: TopTable, posts: number, room: Room | undefined): Steps<Spread> {
  if (room === undefined) return plainSpread(table, posts);
  if (posts <= PLACES_MAX) return yield* spreading(room, table, posts);
  const plain = plainSpread(table, posts, room.floats);
  return (weighted) => room.lend(() => plain(weighted));
}

function* factorProducts(
  model: Model,
  room: Room | undefined,
  columns: Columns,
): Steps<Pick<Dense, "factors" | "strongest">> {
  const { info: { k }, columns: { postFactors } } = collaborativePart.of(model); // prettier-ignore
  if (room === undefined) return { factors: plainProducts(postFactors, k), strongest: undefined };
  const factors = yield* productsOpening(room, postFactors, k, "shorts");
  const isLarge = postFactors.length > FACTORS_MAX;
  return {
    factors,
    strongest: isLarge ? strongestOf(columns, postFactors, k, factors) : undefined,
  };
}

function* textProducts(
  { embeddings, postKeys, info }: Model,
  room: Room | undefined,
): Steps<Pick<Dense, "texts" | "interests">> {
  const posts = postKeys.length;
  const d = info.encoder?.dimension ?? 0;
  const isSmall = posts <= POSTS_MAX;
  const texts =
    room && d > 0 && embeddings.length <= KEPT_MAX
      ? yield* productsOpening(room, embeddings, d, isSmall ? "floats" : "shorts")
      : plainProducts(embeddings, d);
  if (embeddings.length > NUMBERS_MAX) return { texts, interests: undefined };
  if (room === undefined || d === 0 || !isSmall)
    return { texts, interests: ({ units }) => texts.withAll(units()) };
  const row = (it: number) => embeddings.subarray(it * d, it * d + d);
  const combinations = combinationsIn(room, posts, texts.withAll, row);
  return { texts, interests: ({ combined }) => combinations(combined) };
}

/** All that a model keeps in its room, and what a request takes. */
function bytesFor(model: Model): number {
  const { postKeys, info } = model;
  const posts = postKeys.length;
  const d = info.encoder?.dimension ?? 0;
  const column = roomFor(4 * padded(posts));
  const tables =
    posts <= PLACES_MAX
      ? spreadBytes(tableIn(neighboursPart.of(model))) +
        spreadBytes(tableIn(sequencePart.of(model)))
      : 0;
  const isSmall = posts <= POSTS_MAX;
  const texts =
    posts * d > KEPT_MAX
      ? 0
      : productsBytes(posts, d, isSmall ? "floats" : "shorts") +
        (isSmall ? combinationsBytes(posts) : 0);
  const factors = productsBytes(posts, collaborativePart.of(model).info.k, "shorts");
  return factors + tables + texts + COLUMNS * column + BYTES;
}
