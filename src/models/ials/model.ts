/** iALS as a model: factors of posts, and a map from a profile to its owner's prior factors. */
import { anyLength, column, partSpec } from "../../snapshot/columns.ts";
import type { Model } from "../../snapshot/model.ts";
import { postCount } from "../../snapshot/spare.ts";
import { mipsOf } from "../../linalg/rank-wasm/mips.ts";
import type { Products } from "../../linalg/rank-wasm/products.ts";
import { remembered, rememberedIn, type ModelSpec, type Request } from "../contract.ts";
import { decayed, type Person } from "../person.ts";
import { byColumn, SOURCE_DEPTH } from "../pick.ts";
import type { TrainingView } from "../training-view.ts";
import { ALS, foldIn, type AlsParams } from "./als.ts";
import { factorise } from "./factorise.ts";
import { textFeatures, textMeans } from "./priors.ts";
import { profilePrior, profileTable } from "./profile.ts";

/** Likes from which factors have twice as many columns: about a quarter of ML-1M. */
const WIDE_FROM = 250_000;
/** Columns of the factors from {@link WIDE_FROM} likes on. */
const WIDE_K = 128;

/** Largest size of the factors, in numbers, for which all posts are scored: 65,000 posts × 128 take a millisecond. */
const FACTORS_MAX = 1 << 23;

type Info = Pick<AlsParams, "k" | "lambda" | "alpha0"> & {
  /** Features of a profile; 0 if no map was learnt. */
  readonly features: number;
};

/** `postFactors`: Y; `gram`: α₀YᵀY; `postMap`, `userMap`: from the features of a post and of a profile to prior factors. */
export const collaborativePart = partSpec<Info>()("collaborative", {
  postFactors: column("Float32Array", "posts", "k"),
  gram: column("Float64Array", "k", "k"),
  postMap: anyLength("Float32Array"),
  userMap: column("Float32Array", "features", "k"),
});

const mipsIn = rememberedIn<Products, ReturnType<typeof mipsOf>>();
const factorsIn = rememberedIn<Person, Float32Array | undefined>();

/** @see factorise */
export const collaborative: ModelSpec = {
  ...collaborativePart,
  train: async (view) => {
    const { kernel, matrix, likes, before, seed, profiles, dimension } = view;
    const { lambda, alpha0 } = view.tuning;
    const isWide = likes.values.length >= WIDE_FROM;
    const params: AlsParams = { ...ALS, lambda, alpha0, ...(isWide && { k: WIDE_K }) };
    const columns = await factorise(
      matrix,
      textFeatures(view.embeddings, view.createdAtMs.length),
      profileTable(profiles, dimension),
      {
        params,
        seed,
        kernel,
        start: before && factorsFrom(before, view, params.k),
        onEpoch: (epoch) => view.onEpoch(epoch, params.epochs),
      },
    );
    const { k } = params;
    return { info: { k, lambda, alpha0, features: columns.userMap.length / k }, columns };
  },
  *serve({ model, kernel }) {
    const { info, columns } = collaborativePart.of(model);
    const { postFactors } = columns;
    const posts = model.postKeys.length;
    const products = yield* kernel.products(postFactors, info.k);
    const factors = factorsIn(collaborativePart.of(model), (person) => factorsOf(model, person));
    const everywhere = remembered(({ person, arrays }: Request) => {
      const x = factors(person);
      return x ? products.withAll(x).subarray(0, posts) : arrays.floats(posts).fill(0);
    });
    if (postFactors.length <= FACTORS_MAX) return byColumn(everywhere);
    const mips = mipsIn(postFactors, (it) => mipsOf(kernel.arrays, postFactors, info.k, it))(
      products,
    );
    return {
      retrieve: ({ person, eligibility }) => {
        const x = factors(person);
        return x ? mips(x, SOURCE_DEPTH, eligibility().eligible) : new Uint32Array(0);
      },
      score: ({ person, arrays }, rows) => {
        const x = factors(person);
        return x
          ? products.withSome(x, rows).subarray(0, rows.length)
          : arrays.floats(rows.length).fill(0);
      },
    };
  },
  weights: [0.1, 0.8, 1, 1],
  recency: 0.93,
  isPersonal: true,
  about:
    "Taste: factors learnt from what everybody does place people near the posts that they may like (iALS).",
  words: "fits the taste your history shows",
  fill: (model, rows) => {
    const { info, columns } = collaborativePart.of(model);
    const { postFactors, postMap } = columns;
    const means = textMeans(model, rows, postMap, info.k);
    if (means === undefined) return [];
    for (const [n, row] of rows.entries()) {
      const own = postFactors.subarray(row * info.k, (row + 1) * info.k);
      // Of a post that was learnt from events, its text says less than they do.
      if (own.every((it) => it === 0)) own.set(means.subarray(n * info.k, (n + 1) * info.k));
    }
    return [postFactors];
  },
  // The vector is the last of a profile's features: the map has zeros for a new encoder's.
  renew: (model, { dimension }) => {
    const { info, columns } = collaborativePart.of(model);
    if (info.features === 0) return { info, columns };
    const features = info.features - (model.info.encoder?.dimension ?? 0) + dimension;
    const userMap = new Float32Array(features * info.k);
    userMap.set(columns.userMap.subarray(0, (features - dimension) * info.k));
    return { info: { ...info, features }, columns: { ...columns, userMap } };
  },
};

/** x `[k]` of a person, folded in; `undefined` without history and profile. */
export function factorsOf(model: Model, person: Person): Float32Array | undefined {
  const { info, columns } = collaborativePart.of(model);
  const { gram, postFactors, userMap } = columns;
  const prior = profilePrior(person.profile, userMap, info.k, model.info.encoder?.dimension ?? 0);
  if (person.rows.length === 0 || postFactors.length === 0) return prior;
  const observed = { rows: person.rows, confidence: decayed(person, collaborativePart.name) };
  const filled = postFactors.subarray(0, postCount(model) * info.k); // the ridge grows with the posts
  return Float32Array.from(foldIn(gram, filled, observed, info, prior));
}

/** Y of an earlier snapshot in the rows of this catalogue; zero for posts that it did not contain. */
function factorsFrom(model: Model, { rows }: TrainingView, k: number): Float32Array | undefined {
  const { info, columns } = collaborativePart.of(model);
  if (info.k !== k) return undefined;
  const out = new Float32Array(rows.keys.length * k);
  for (const [before, key] of model.postKeys.entries()) {
    const row = rows.rowOf(key);
    if (row !== undefined)
      out.set(columns.postFactors.subarray(before * k, before * k + k), row * k);
  }
  return out;
}
