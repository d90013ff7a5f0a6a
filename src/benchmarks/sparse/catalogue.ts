/** The posts of the sparse set: made daily by creators who come and go, each with a hidden taste. */
import { between, gaussian, type Random } from "../../ingest/demo/chance.ts";
import { normalise } from "../../linalg/vector.ts";

/** What the sparse set spans. */
export const [START_MS, DAYS] = [Date.UTC(2024, 0, 1), 365] as const;
export const DAY_MS = 86_400_000;
/** Numbers of a hidden taste, and of a text vector. */
export const [LATENT, TEXT] = [12, 64] as const;
const [POSTS, CREATORS, CATEGORIES, THEMES] = [2_230, 180, 23, 4];

/** A post as it is behind the scenes: models only get what a `Dataset` holds of it. */
export type SparsePost = {
  readonly category: number;
  readonly creator: number;
  readonly createdAtMs: number;
  /** What it is like, a unit vector `[LATENT]`: who likes it follows from this. */
  readonly taste: Float32Array;
  /** How well it is made, about −2 to 2. */
  readonly appeal: number;
  /** What its text says, a unit vector `[TEXT]`: category, theme, a little of the taste, noise. */
  readonly text: Float32Array;
};

type Creator = {
  readonly category: number;
  readonly taste: Float32Array;
  readonly fromDay: number;
  readonly days: number;
  readonly size: number;
};

/** Oldest first. */
export function sparsePosts(random: Random): readonly SparsePost[] {
  const words = {
    categories: directions(random, CATEGORIES, TEXT),
    themes: directions(random, CATEGORIES * THEMES, TEXT),
    tastes: directions(random, LATENT, TEXT),
  };
  const creators = Array.from({ length: CREATORS }, (_, n) => creatorOf(random, n));
  const posts = Array.from({ length: POSTS }, (_, n): SparsePost => {
    const day = (n + random()) * (DAYS / POSTS);
    const creator = creatorAt(random, creators, day);
    const { category: usual, taste: style } = creators[creator]!;
    const category = random() < 0.85 ? usual : between(random, 0, CATEGORIES - 1);
    const taste = mixed([
      [1, style],
      [0.55, direction(random, LATENT)],
    ]);
    const theme = category * THEMES + between(random, 0, THEMES - 1);
    const told = mixed(Array.from(taste, (it, n) => [it, words.tastes[n]!]));
    const text = mixed([
      [0.4, words.categories[category]!],
      [0.3, words.themes[theme]!],
      [0.25, told],
      [1.3, direction(random, TEXT)],
    ]);
    const createdAtMs = START_MS + Math.floor(day * DAY_MS);
    return { category, creator, createdAtMs, taste, appeal: gaussian(random), text };
  });
  return posts;
}

/** A few creators make most posts, some for a year, most for a season. */
function creatorOf(random: Random, n: number): Creator {
  const days = 60 + 300 * random();
  return {
    category: Math.floor(CATEGORIES * random() ** 1.5),
    taste: direction(random, LATENT),
    fromDay: -30 + (DAYS - 20) * random(),
    days,
    size: 1 / (n + 25),
  };
}

function creatorAt(random: Random, creators: readonly Creator[], day: number): number {
  const weights = creators.map(({ fromDay, days, size }) =>
    day >= fromDay && day < fromDay + days ? size : size / 50,
  );
  return drawn(random, weights);
}

/** A place with probability in proportion to its weight. */
export function drawn(random: Random, weights: ArrayLike<number>): number {
  let total = 0;
  for (let n = 0; n < weights.length; n++) total += weights[n]!;
  let left = total * random();
  for (let n = 0; n < weights.length; n++) {
    left -= weights[n]!;
    if (left < 0) return n;
  }
  return weights.length - 1;
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
