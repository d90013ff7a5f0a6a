/** Colouring of the map: which bucket each post is in, and the colour of each. */
import { count } from "../parts/words.ts";
import type { MapPosts } from "./map-posts.ts";

/** What posts can be coloured by. */
export const WAYS = { category: "Category", age: "Age", shown: "Times shown" } as const;
export type Way = keyof typeof WAYS;

/** Posts of one colour. */
export type Bucket = {
  readonly name: string;
  /** Custom property of the stylesheet. */
  readonly colour: string;
  readonly posts: number;
};

/** Buckets, the most prominent first. */
export type Colouring = {
  readonly buckets: readonly Bucket[];
  /** Bucket of each post. */
  readonly bucketOf: Uint8Array;
  /** Posts by bucket: those of bucket b are `order[starts[b]]` up to `order[starts[b + 1]]`. */
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
};

/** Categories with a colour of their own: more can't be told apart, by the colour-blind least of all. */
const COLOURS = 9;
/** Lines of the legend. */
const LINES = 40;
const RAMP = 6;
/** Colour of the buckets without one of their own. */
export const OTHER = "--map-other";
const DAY_MS = 86_400_000;

/** The colouring of posts. */
export function coloured(posts: MapPosts, way: Way, nowMs: number): Colouring {
  if (way === "category") return byCategory(posts);
  if (way === "shown") return byRange(posts.shown ?? posts.createdAtMs.map(() => 0), "times", true);
  const days = posts.createdAtMs.map((it) => Math.max(0, Math.floor((nowMs - it) / DAY_MS)));
  return byRange(days, "days", false);
}

function byCategory({ category, categories }: MapPosts): Colouring {
  const counts = new Uint32Array(categories.length + 1);
  for (const it of category) counts[it + 1]!++;
  const named = [...categories.keys()].filter((it) => counts[it + 1]! > 0);
  named.sort((a, b) => counts[b + 1]! - counts[a + 1]!);
  const rest = Math.min(named.length, LINES);
  const bucketOf = new Uint8Array(counts.length).fill(rest);
  for (const [bucket, it] of named.slice(0, LINES).entries()) bucketOf[it + 1] = bucket;
  const names = named.slice(0, LINES).map((it) => categories[it]!);
  const others = named.length > LINES ? `${named.length - LINES} smaller ones, and none` : "no category"; // prettier-ignore
  return colouringOf(
    category.length,
    (n) => bucketOf[category[n]! + 1]!,
    [...names, others],
    (bucket) => (bucket < Math.min(rest, COLOURS) ? `--map-${bucket + 1}` : OTHER),
  );
}

/**
 * About as many posts a colour, of whole numbers; 0 has a colour of its own.
 *
 * @param isMoreFirst  True if the largest are the most prominent.
 */
function byRange(values: Float64Array, unit: string, isMoreFirst: boolean): Colouring {
  const sorted = values.filter((it) => it > 0).toSorted();
  const quantiles = Array.from({ length: RAMP }, (_, n) => sorted[Math.floor((n / RAMP) * sorted.length)]); // prettier-ignore
  const from = [0, ...new Set(quantiles.filter((it) => it !== undefined))];
  const last = from.length - 1;
  const bucketOf = (range: number) => (isMoreFirst ? last - range : range);
  const names = from.map((_, n) => rangeOf(from[bucketOf(n)]!, from[bucketOf(n) + 1], unit));
  return colouringOf(
    values.length,
    (n) => bucketOf(from.findLastIndex((it) => it <= values[n]!)),
    names,
    (bucket) => {
      if (isMoreFirst && bucket === last) return OTHER;
      return `--map-ramp-${1 + Math.round((bucket * (RAMP - 1)) / Math.max(1, isMoreFirst ? last - 1 : last))}`; // prettier-ignore
    },
  );
}

function rangeOf(from: number, next: number | undefined, unit: string): string {
  if (from === 0) return `0 ${unit}`;
  if (next === undefined) return `${count(from)} ${unit} or more`;
  return next - 1 === from ? `${count(from)} ${unit}` : `${count(from)} to ${count(next - 1)} ${unit}`; // prettier-ignore
}

function colouringOf(
  posts: number,
  bucketAt: (post: number) => number,
  names: readonly string[],
  colourOf: (bucket: number) => string,
): Colouring {
  const bucketOf = Uint8Array.from({ length: posts }, (_, n) => bucketAt(n));
  const starts = new Uint32Array(names.length + 1);
  for (const it of bucketOf) starts[it + 1]!++;
  for (let b = 0; b < names.length; b++) starts[b + 1]! += starts[b]!;
  const next = starts.slice();
  const order = new Uint32Array(posts);
  for (const [n, it] of bucketOf.entries()) order[next[it]!++] = n;
  const buckets = names.map((name, b) => ({ name, colour: colourOf(b), posts: starts[b + 1]! - starts[b]! })); // prettier-ignore
  return { buckets, bucketOf, order, starts };
}
