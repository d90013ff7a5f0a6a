/** Posts of the sparse set: creators who come and go publish daily; each post has a latent vector. */
import { DAY_MS } from "../../domain/day.ts";
import { between, gaussian, weightedIndex, type Random } from "../../linalg/random.ts";
import { normalise } from "../../linalg/vector.ts";

/** First moment of the sparse set. */
export const START_MS = Date.UTC(2024, 0, 1);
/** Days that the sparse set spans. */
export const DAYS = 365;
/** Dimension of latent vectors. */
export const LATENT = 12;
/** Dimension of text vectors. */
export const TEXT = 64;
const POSTS = 2_230;
const CREATORS = 180;
const CATEGORIES = 23;
const THEMES_PER_CATEGORY = 4;

/** A post with what generates events; models see only what a `Dataset` has of it. */
export type SparsePost = {
  readonly category: number;
  readonly creator: number;
  readonly createdAtMs: number;
  /** Unit vector `[LATENT]`; people like posts with a vector similar to one of their interests. */
  readonly latent: Float32Array;
  /** Quality, about −2 to 2. */
  readonly appeal: number;
  /** Unit text vector `[TEXT]`: a mix of category, theme, latent vector and noise. */
  readonly text: Float32Array;
};

type Creator = {
  readonly category: number;
  readonly latent: Float32Array;
  readonly fromDay: number;
  readonly days: number;
  readonly size: number;
};

/** All posts, oldest first. */
export function sparsePosts(random: Random): readonly SparsePost[] {
  const words = {
    categories: directions(random, CATEGORIES, TEXT),
    themes: directions(random, CATEGORIES * THEMES_PER_CATEGORY, TEXT),
    latent: directions(random, LATENT, TEXT),
  };
  const creators = Array.from({ length: CREATORS }, (_, n) => creatorOf(random, n));
  return Array.from({ length: POSTS }, (_, n): SparsePost => {
    const day = (n + random()) * (DAYS / POSTS);
    const creator = creatorAt(random, creators, day);
    const { category: usual, latent: style } = creators[creator]!;
    const category = random() < 0.85 ? usual : between(random, 0, CATEGORIES - 1);
    const latent = mixed([
      [1, style],
      [0.55, direction(random, LATENT)],
    ]);
    const theme = category * THEMES_PER_CATEGORY + between(random, 0, THEMES_PER_CATEGORY - 1);
    const projected = mixed(Array.from(latent, (it, n) => [it, words.latent[n]!]));
    const text = mixed([
      [0.4, words.categories[category]!],
      [0.3, words.themes[theme]!],
      [0.25, projected],
      [1.3, direction(random, TEXT)],
    ]);
    const createdAtMs = START_MS + Math.floor(day * DAY_MS);
    return { category, creator, createdAtMs, latent, appeal: gaussian(random), text };
  });
}

/** A creator; the first ones make most posts, and most are active for a season. */
function creatorOf(random: Random, n: number): Creator {
  const days = 60 + 300 * random();
  return {
    category: Math.floor(CATEGORIES * random() ** 1.5),
    latent: direction(random, LATENT),
    fromDay: -30 + (DAYS - 20) * random(),
    days,
    size: 1 / (n + 25),
  };
}

function creatorAt(random: Random, creators: readonly Creator[], day: number): number {
  const weights = creators.map(({ fromDay, days, size }) =>
    day >= fromDay && day < fromDay + days ? size : size / 50,
  );
  return weightedIndex(random, weights);
}

/** The unit vector of a weighted sum. */
export function mixed(parts: readonly (readonly [number, Float32Array])[]): Float32Array {
  const sum = new Float32Array(parts[0]![1].length);
  for (const [weight, part] of parts)
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * part[i]!;
  normalise(sum);
  return sum;
}

/** A random unit vector. */
export function direction(random: Random, d: number): Float32Array {
  const vector = Float32Array.from({ length: d }, () => gaussian(random));
  normalise(vector);
  return vector;
}

function directions(random: Random, count: number, d: number): Float32Array[] {
  return Array.from({ length: count }, () => direction(random, d));
}
