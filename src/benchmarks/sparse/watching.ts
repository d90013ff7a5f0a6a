/**
 * Simulates which posts people open in an app without personal recommendations.
 *
 * People choose from a front page of popular and new posts that is the same for all, from the pages
 * of a category, newest first, and from a creator's posts around one they liked. Posts higher on the
 * page and posts they like more are chosen more often.
 */
import { DAY_MS } from "../../domain/day.ts";
import { weightedIndex, type Random } from "../../linalg/random.ts";
import { type SparsePost } from "./catalogue.ts";
import { likingOf, type SparsePerson } from "./people.ts";

/** A person opens a post. */
export type Opening = {
  readonly person: number;
  readonly post: number;
  readonly atMs: number;
  /** Their liking for it, see {@link likingOf}. */
  readonly liking: number;
};

/** Front page: numbers of popular and of new posts, window of popularity, oldest popular post. */
type Front = {
  readonly hot: number;
  readonly newest: number;
  readonly windowDays: number;
  readonly ageDaysMax: number;
};
/** The usual front page, and that of an archive, where new posts are hardly seen. */
export const FRONT: Front = { hot: 40, newest: 40, windowDays: 18, ageDaysMax: 130 };
export const ARCHIVE: Front = { hot: 76, newest: 4, windowDays: 40, ageDaysMax: Infinity };
/** Posts of a category page. */
const PAGE = 30;
/** Posts shown around a liked one. */
const NEAR = 12;
/** Chance that a newcomer looks at the front page, its limit, and posts opened until it falls by e. */
const FRONT_CHANCE = { first: 0.75, last: 0.02, fadePosts: 5 };
/** Chance that somebody who does not stays with the creator of a post they liked. */
const STAY = 0.9;
/** Exponents of position bias: a post's weight is its position to the power of −bias. */
const BIAS = { front: 0.5, near: 0.7, category: 0.4 };
/** Factor of liking in the logarithm of a post's weight. */
const CHOOSY = 1.8;
/** Liking from which a post leads people to its creator. */
const LIKED_FROM = 0.5;

type Shown = { readonly rows: readonly number[]; readonly bias: number };
type Catalogue = {
  readonly posts: readonly SparsePost[];
  /** Every row, ascending. */
  readonly all: readonly number[];
  readonly byCategory: ReadonlyMap<number, readonly number[]>;
  readonly byCreator: ReadonlyMap<number, readonly number[]>;
};
type Visitor = { readonly seen: Set<number>; liked: number[] };

/** Everything that people open, in order of time. */
export function watch(
  random: Random,
  posts: readonly SparsePost[],
  people: readonly SparsePerson[],
  page = FRONT,
): readonly Opening[] {
  const catalogue: Catalogue = {
    posts,
    all: [...posts.keys()],
    byCategory: Map.groupBy(posts.keys(), (row) => posts[row]!.category),
    byCreator: Map.groupBy(posts.keys(), (row) => posts[row]!.creator),
  };
  const visits = people
    .flatMap(({ visits }, person) => visits.map((it) => ({ person, ...it })))
    .sort((a, b) => a.atMs - b.atMs);
  const visitors = people.map((): Visitor => ({ seen: new Set(), liked: [] }));
  const opened: Opening[] = [];
  let [day, front] = [-1, [] as readonly number[]];
  for (const { person, atMs, posts: wanted, linked } of visits) {
    const today = Math.floor(atMs / DAY_MS);
    if (today !== day) [day, front] = [today, frontPage(page, posts, opened, today * DAY_MS)];
    const visitor = visitors[person]!;
    for (let n = 0, now = atMs; n < wanted; n++) {
      const shown = linked
        ? { rows: linked, bias: 0 }
        : shownTo(random, catalogue, people[person]!, visitor, front, now);
      const post =
        chosen(random, catalogue, people[person]!, visitor, shown) ??
        newestBefore(posts, catalogue.all, now, 1, (row) => visitor.seen.has(row))[0];
      if (post === undefined) break; // they have seen every post
      const liking = likingOf(people[person]!, posts[post]!);
      now += Math.floor((20 + 160 * random()) * 1_000);
      opened.push({ person, post, atMs: now, liking });
      visitor.seen.add(post);
      if (liking > LIKED_FROM) visitor.liked.push(post);
    }
  }
  return opened.sort((a, b) => a.atMs - b.atMs);
}

/** Popular posts of the last weeks by count, old ones left out, in turn with the newest posts. */
function frontPage(
  { hot: most, newest: latest, windowDays, ageDaysMax }: Front,
  posts: readonly SparsePost[],
  opened: readonly Opening[],
  nowMs: number,
): readonly number[] {
  const counts = new Map<number, number>();
  for (let n = opened.length - 1; n >= 0; n--) {
    if (opened[n]!.atMs < nowMs - windowDays * DAY_MS) break;
    counts.set(opened[n]!.post, (counts.get(opened[n]!.post) ?? 0) + 1);
  }
  const isRecent = (row: number) => posts[row]!.createdAtMs > nowMs - ageDaysMax * DAY_MS;
  const hot = [...counts.keys()]
    .filter(isRecent)
    .sort((a, b) => counts.get(b)! - counts.get(a)! || b - a)
    .slice(0, most);
  const newest = newestBefore(posts, [...posts.keys()], nowMs, latest);
  const longest = hot.length > newest.length ? hot : newest;
  const page = longest.flatMap((_, n) => [hot[n], newest[n]].filter((row) => row !== undefined));
  return [...new Set(page)];
}

/** The newest `count` of `rows` (ascending) that are published by `nowMs`. */
function newestBefore(
  posts: readonly SparsePost[],
  rows: readonly number[],
  nowMs: number,
  count: number,
  isSeen: (row: number) => boolean = () => false,
): number[] {
  const out: number[] = [];
  for (let n = rows.length - 1; n >= 0 && out.length < count; n--)
    if (posts[rows[n]!]!.createdAtMs <= nowMs && !isSeen(rows[n]!)) out.push(rows[n]!);
  return out;
}

/** The posts that a person looks at next. */
function shownTo(
  random: Random,
  { posts, byCategory, byCreator }: Catalogue,
  { interests }: SparsePerson,
  { seen, liked }: Visitor,
  front: readonly number[],
  nowMs: number,
): Shown {
  const { first, last, fadePosts } = FRONT_CHANCE;
  const looksAtFront = last + (first - last) * Math.exp(-seen.size / fadePosts);
  if (random() < looksAtFront) return { rows: front, bias: BIAS.front };
  if (liked.length > 0 && random() < STAY) {
    const from = liked[Math.max(0, liked.length - 1 - Math.floor(4 * random()))]!;
    const near = byCreator
      .get(posts[from]!.creator)!
      .filter((row) => posts[row]!.createdAtMs <= nowMs && !seen.has(row))
      .sort((a, b) => Math.abs(a - from) - Math.abs(b - from));
    if (near.length > 0) return { rows: near.slice(0, NEAR), bias: BIAS.near };
  }
  const { category } = interests[Math.floor(random() * interests.length)]!;
  const page = byCategory.get(category) ?? [];
  const rows = newestBefore(posts, page, nowMs, PAGE, (row) => seen.has(row));
  return { rows, bias: BIAS.category };
}

/** The post that a person opens of those shown; `undefined` if they have seen all of them. */
function chosen(
  random: Random,
  { posts }: Catalogue,
  person: SparsePerson,
  { seen }: Visitor,
  { rows, bias }: Shown,
): number | undefined {
  const left = rows.filter((row) => !seen.has(row));
  if (left.length === 0) return undefined;
  const weights = left.map(
    (row, place) => (place + 1) ** -bias * Math.exp(CHOOSY * likingOf(person, posts[row]!)),
  );
  return left[weightedIndex(random, weights)];
}
