/** Content for requests: the source and the score of posts whose texts are near a person's interests. */
import { topK } from "../../linalg/top-k.ts";
import { gather } from "../../linalg/vector-ops.ts";
import { remembered, rememberedIn, type Request, type ServingView } from "../contract.ts";
import type { Person } from "../person.ts";
import { nearestEligible } from "../pick.ts";
import { interestsOf, pullsOf, type Interests } from "./interests.ts";

/** Posts that each interest finds. */
const PER_INTEREST = 150;
/** Factor of the similarity to a dislike, which is subtracted from the similarity to a like. */
const AGAINST_DISLIKED = 0.3;
/**
 * Largest size of the embeddings, in numbers, for which all products are computed; beyond, an index is
 * searched for each interest. 87,000 posts × 384; in 16 bits 64 MB.
 */
const NUMBERS_MAX = 1 << 25;
/** Most posts for which the products of all pairs are kept: 32 MB. */
const COMBINED_MAX = 4_096;

const interestsIn = rememberedIn<Person, Interests>();

/**
 * Prepares a catalogue.
 *
 * @param numbersMax  {@link NUMBERS_MAX}; tests set another.
 */
export function openContent(view: ServingView, numbersMax = NUMBERS_MAX) {
  const { model, hasVector, texts, kernel } = view;
  const posts = model.postKeys.length;
  const d = model.info.encoder?.dimension ?? 0;
  const interests = interestsIn(model.embeddings, (person) => interestsOf(model, person));
  const products = d === 0 || model.embeddings.length > numbersMax ? undefined : productsOf(view);
  /** Similarities of posts to each interest, likes first `[interests × stride]`; `undefined` without texts and in a large catalogue. */
  const similarity = remembered(({ person }: Request) => products?.(interests(person)));

  /** The nearest eligible posts of each interest. */
  const nearestPerInterest = (
    request: Request,
    { likes, count, units }: Interests,
  ): Uint32Array[] => {
    const liked = Array.from({ length: likes }, (_, v) => v);
    const everywhere = similarity(request);
    if (everywhere === undefined)
      return liked.map((v) =>
        nearestEligible(request, units().subarray(v * d, v * d + d), PER_INTEREST),
      );
    const { arrays, eligibility } = request;
    const stride = everywhere.length / count;
    const allowed = arrays.bytes(posts);
    allowed.set(eligibility().eligible);
    for (let row = 0; row < posts; row++) allowed[row]! &= hasVector[row]!;
    return liked.map((v) =>
      topK(everywhere.subarray(v * stride, v * stride + posts), PER_INTEREST, allowed),
    );
  };

  return {
    /** The eligible posts that are near an interest, each once. */
    postsNearInterests: (request: Request): Uint32Array => {
      const { arrays, person } = request;
      const found = arrays.words(interests(person).likes * PER_INTEREST);
      const isFound = arrays.bytes(posts).fill(0);
      let size = 0;
      for (const rows of nearestPerInterest(request, interests(person)))
        for (let n = 0; n < rows.length; n++) {
          if (isFound[rows[n]!] === 0) found[size++] = rows[n]!;
          isFound[rows[n]!] = 1;
        }
      return found.subarray(0, size);
    },
    pulls: ({ person }: Request, row: number): Float32Array =>
      pullsOf(model, person, interests(person), row),
    /** Largest similarity to a like, less a share of the largest to a dislike; 0 without interests. */
    score: (request: Request, rows: Uint32Array): Float32Array => {
      const { arrays, person } = request;
      const { count, likes, units } = interests(person);
      if (count === 0) return arrays.floats(rows.length).fill(0);
      const nearness = (products: Float32Array) =>
        kernel.nearness(products, likes, count - likes, AGAINST_DISLIKED);
      const everywhere = similarity(request);
      return everywhere === undefined
        ? nearness(texts.withSome(units(), rows)).subarray(0, rows.length)
        : gather(arrays, nearness(everywhere), rows);
    },
  };
}

/** Inner products of all interests with all posts. */
function productsOf({ model, kernel, texts }: ServingView) {
  const { embeddings, info, postKeys } = model;
  if (postKeys.length > COMBINED_MAX) return ({ units }: Interests) => texts.withAll(units());
  const combinations = kernel.combinations(embeddings, info.encoder?.dimension ?? 0, texts);
  return ({ combined }: Interests) => combinations(combined);
}
