/** Colouring of the map: which bucket each post is in, and the colour of each. */
import { DAY_MS } from "../../../../domain/day.ts";
import { count } from "../parts/words.ts";
import type { MapPosts } from "./map-posts.ts";

/** Ways to colour posts. */
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

/** The colouring of posts. */
export function coloured(posts: MapPosts, way: Way, nowMs: number): Colouring {
  return way === "category"
    ? byCategory(posts)
    : way === "age"
      ? byAge(posts, nowMs)
      : byShown(posts);
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

/** About as many posts a colour, the newest first. */
function byAge({ createdAtMs }: MapPosts, nowMs: number): Colouring {
  const days = createdAtMs.map((it) => Math.max(0, Math.floor((nowMs - it) / DAY_MS)));
  const from = quantiles(days);
  const names = from.map((it, n) => rangeOf(it, from[n + 1], "days"));
  return colouringOf(
    days.length,
    (n) => from.findLastIndex((it) => it <= days[n]!),
    names,
    (bucket) => rampAt(bucket, from.length),
  );
}

/** About as many posts a colour, the most shown first; those that were never shown are grey. */
function byShown({ ids, shown }: MapPosts): Colouring {
  const times = shown ?? new Float64Array(ids.length);
  const from = quantiles(times.filter((it) => it > 0)).reverse();
  const names = from.map((it, n) => rangeOf(it, from[n - 1], "times"));
  return colouringOf(
    times.length,
    (n) => (times[n] === 0 ? from.length : from.findIndex((it) => it <= times[n]!)),
    [...names, shown ? "never" : "being counted"],
    (bucket) => (bucket === from.length ? OTHER : rampAt(bucket, from.length)),
  );
}

/** Smallest values of {@link RAMP} parts with as many values each, or of fewer where values are equal; ascending. */
function quantiles(values: Float64Array): number[] {
  const sorted = values.toSorted();
  const all = Array.from({ length: RAMP }, (_, n) => sorted[Math.floor((n / RAMP) * sorted.length)]); // prettier-ignore
  return [...new Set(all.filter((it) => it !== undefined))];
}

const rampAt = (bucket: number, buckets: number) =>
  `--map-ramp-${1 + Math.round((bucket * (RAMP - 1)) / Math.max(1, buckets - 1))}`;

function rangeOf(from: number, next: number | undefined, unit: string): string {
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
