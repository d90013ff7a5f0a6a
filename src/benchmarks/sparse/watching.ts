/**
 * Who opens what: everybody in order of time, each choosing from what a naive app would show them.
 *
 * A front page of what many opened this week and of what is new, the same for all; pages of a
 * category, newest first; the posts of a creator round the one just liked. What is shown first is
 * chosen more, what one likes is chosen more.
 */
import type { Random } from "../../ingest/demo/chance.ts";
import { DAY_MS, drawn, type SparsePost } from "./catalogue.ts";
import { likingOf, type SparsePerson } from "./people.ts";

/** Somebody opened a post. */
export type Opened = {
  readonly person: number;
  readonly post: number;
  readonly atMs: number;
  /** How much they liked it. */
  readonly liking: number;
};

const FRONT = { hot: 40, newest: 40, windowDays: 18, ageDaysMax: 130 };
const [PAGE, NEAR] = [30, 12];
/** How often a newcomer looks at the front page, and how fast that falls with posts opened. */
const [FRONT_FIRST, FRONT_LAST, FRONT_FADE] = [0.75, 0.02, 5];
/** Of the rest, how often somebody stays with the creator of a post that was liked. */
const STAY = 0.9;
const [POSITION_BIAS, NEAR_BIAS, CHOOSY] = [0.5, 0.7, 1.8];

type Shown = { readonly rows: readonly number[]; readonly bias: number };
type Stage = {
  readonly posts: readonly SparsePost[];
  /** Every row, ascending. */
  readonly all: readonly number[];
  readonly byCategory: ReadonlyMap<number, readonly number[]>;
  readonly byCreator: ReadonlyMap<number, readonly number[]>;
};
type Visitor = { readonly seen: Set<number>; liked: number[] };

/** In order of time. */
export function watch(
  random: Random,
  posts: readonly SparsePost[],
  people: readonly SparsePerson[],
): readonly Opened[] {
  const stage: Stage = {
    posts,
    all: [...posts.keys()],
    byCategory: Map.groupBy(posts.keys(), (row) => posts[row]!.category),
    byCreator: Map.groupBy(posts.keys(), (row) => posts[row]!.creator),
  };
  const visits = people
    .flatMap(({ visits }, person) => visits.map((it) => ({ person, ...it })))
    .sort((a, b) => a.atMs - b.atMs);
  const visitors = people.map((): Visitor => ({ seen: new Set(), liked: [] }));
  const opened: Opened[] = [];
  let [day, front] = [-1, [] as readonly number[]];
  for (const { person, atMs, posts: wanted } of visits) {
    const today = Math.floor(atMs / DAY_MS);
    if (today !== day) [day, front] = [today, frontPage(posts, opened, today * DAY_MS)];
    const visitor = visitors[person]!;
    for (let n = 0, now = atMs; n < wanted; n++) {
      const shown = shownTo(random, stage, people[person]!, visitor, front, now);
      const post =
        chosen(random, stage, people[person]!, visitor, shown) ??
        newestBefore(posts, stage.all, now, 1, (row) => visitor.seen.has(row))[0];
      if (post === undefined) break; // they have seen everything there is
      const liking = likingOf(people[person]!, posts[post]!);
      now += Math.floor((20 + 160 * random()) * 1_000);
      opened.push({ person, post, atMs: now, liking });
      visitor.seen.add(post);
      if (liking > 0.5) visitor.liked.push(post);
    }
  }
  return opened.sort((a, b) => a.atMs - b.atMs);
}

/** By plain count among the opens of a week, old posts left out; every second place is a new post. */
function frontPage(
  posts: readonly SparsePost[],
  opened: readonly Opened[],
  nowMs: number,
): readonly number[] {
  const counts = new Map<number, number>();
  for (let n = opened.length - 1; n >= 0; n--) {
    if (opened[n]!.atMs < nowMs - FRONT.windowDays * DAY_MS) break;
    counts.set(opened[n]!.post, (counts.get(opened[n]!.post) ?? 0) + 1);
  }
  const isRecent = (row: number) => posts[row]!.createdAtMs > nowMs - FRONT.ageDaysMax * DAY_MS;
  const hot = [...counts.keys()]
    .filter(isRecent)
    .sort((a, b) => counts.get(b)! - counts.get(a)! || b - a)
    .slice(0, FRONT.hot);
  const newest = newestBefore(posts, [...posts.keys()], nowMs, FRONT.newest);
  const page = newest.flatMap((row, n) => (hot[n] === undefined ? [row] : [hot[n]!, row]));
  return [...new Set(page)];
}

/** The newest of `rows` (ascending) that exist already. */
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

/** Where they look next. */
function shownTo(
  random: Random,
  { posts, byCategory, byCreator }: Stage,
  { interests }: SparsePerson,
  { seen, liked }: Visitor,
  front: readonly number[],
  nowMs: number,
): Shown {
  const looksAtFront = FRONT_LAST + (FRONT_FIRST - FRONT_LAST) * Math.exp(-seen.size / FRONT_FADE);
  if (random() < looksAtFront) return { rows: front, bias: POSITION_BIAS };
  if (liked.length > 0 && random() < STAY) {
    const from = liked[Math.max(0, liked.length - 1 - Math.floor(4 * random()))]!;
    const near = byCreator
      .get(posts[from]!.creator)!
      .filter((row) => posts[row]!.createdAtMs <= nowMs && !seen.has(row))
      .sort((a, b) => Math.abs(a - from) - Math.abs(b - from));
    if (near.length > 0) return { rows: near.slice(0, NEAR), bias: NEAR_BIAS };
  }
  const { category } = interests[Math.floor(random() * interests.length)]!;
  const page = byCategory.get(category) ?? [];
  return { rows: newestBefore(posts, page, nowMs, PAGE, (row) => seen.has(row)), bias: 0.4 };
}

/** One of what is shown that they have not opened before; `undefined` if there is none. */
function chosen(
  random: Random,
  { posts }: Stage,
  person: SparsePerson,
  { seen }: Visitor,
  { rows, bias }: Shown,
): number | undefined {
  const left = rows.filter((row) => !seen.has(row));
  if (left.length === 0) return undefined;
  const weights = left.map(
    (row, place) => (place + 1) ** -bias * Math.exp(CHOOSY * likingOf(person, posts[row]!)),
  );
  return left[drawn(random, weights)];
}
