/** People of the sparse set: their interests, visits and activity; most visit once. */
import { DAY_MS } from "../../domain/day.ts";
import { gaussian, weightedIndex, type Random } from "../../linalg/random.ts";
import { direction, mixed, DAYS, LATENT, START_MS, type SparsePost } from "./catalogue.ts";

/** An interest: a latent vector, and the category that the person browses for it. */
type Interest = { readonly category: number; readonly latent: Float32Array };

/** A visit to the app; `linked` are the only posts that it shows, if a link led there. */
type Visit = { readonly atMs: number; readonly posts: number; readonly linked?: readonly number[] };

/** A person with events. */
export type SparsePerson = {
  readonly interests: readonly Interest[];
  /** Start of each visit, ascending, Unix epoch milliseconds, and the number of posts opened in it. */
  readonly visits: readonly Visit[];
  /** Readiness to like and rate, about −2 to 2. */
  readonly eagerness: number;
};

/** [rank, posts opened] of the rank-th busiest person; log-log interpolation in between. */
const ACTIVITY = [
  [1, 640],
  [10, 190],
  [11, 150],
  [30, 85],
  [141, 19.5],
  [511, 4.5],
  [770, 2.5],
  [980, 1.5],
  [1_311, 1],
] as const;
/** Number of people with events. */
const ACTIVE = 1_311;

/** Everybody with events, busiest first. */
export function sparsePeople(
  random: Random,
  posts: readonly SparsePost[],
): readonly SparsePerson[] {
  return Array.from({ length: ACTIVE }, (_, n) => {
    const size = Math.round(activity(n + 1));
    const visits = visitsOf(random, size);
    return {
      visits,
      interests: interestsOf(random, posts, visits[0]!.atMs, size),
      eagerness: 0.8 * gaussian(random),
    };
  });
}

function activity(rank: number): number {
  const after = Math.max(
    1,
    ACTIVITY.findIndex(([upTo]) => upTo >= rank),
  );
  const [[fromRank, from], [toRank, to]] = [ACTIVITY[after - 1]!, ACTIVITY[after]!];
  const share = Math.log(rank / fromRank) / Math.log(toRank / fromRank);
  return from * (to / from) ** share;
}

/** A first visit within the year, later rather than sooner, and the next ones days apart. */
function visitsOf(random: Random, size: number): SparsePerson["visits"] {
  const usual = 4 + Math.min(14, size / 12);
  const sizes: number[] = [];
  for (let left = size; left > 0; left -= sizes.at(-1)!)
    sizes.push(Math.min(left, Math.max(1, Math.ceil(usual * -Math.log(1 - random())))));
  const gapDays = 3 + 13 * random();
  const gaps = sizes.map((_, n) => (n === 0 ? 0 : -gapDays * Math.log(1 - random())));
  const spanDays = gaps.reduce((sum, it) => sum + it, 0);
  const slackDays = DAYS - 16 - Math.min(spanDays, DAYS - 20);
  const fitting = Math.min(1, (DAYS - 20) / Math.max(1, spanDays));
  let day = 15 + slackDays * random() ** 0.8;
  return sizes.map((posts, n) => {
    day += gaps[n]! * fitting;
    return { atMs: START_MS + Math.floor(day * DAY_MS), posts };
  });
}

/** Interests like the latent vectors of posts from before the first visit; busy people have more. */
function interestsOf(
  random: Random,
  posts: readonly SparsePost[],
  atMs: number,
  size: number,
): readonly Interest[] {
  const count = 1 + Number(random() < 0.3 + size / 60) + Number(random() < size / 120);
  const weights = posts.map(({ createdAtMs, appeal }) => {
    const ageDays = (atMs - createdAtMs) / DAY_MS;
    return ageDays < 0 || ageDays > 250 ? 0 : Math.exp(0.5 * appeal);
  });
  return Array.from({ length: count }, () => {
    const { category, latent } = posts[weightedIndex(random, weights)]!;
    return {
      category,
      latent: mixed([
        [1, latent],
        [0.5, direction(random, LATENT)],
      ]),
    };
  });
}

/** A person's liking for a post, about −1.5 to 2.5: from their best fitting interest and its appeal. */
export function likingOf({ interests }: SparsePerson, post: SparsePost): number {
  let best = -Infinity;
  for (const { category, latent } of interests) {
    let fit = category === post.category ? 0.35 : 0;
    for (let i = 0; i < LATENT; i++) fit += latent[i]! * post.latent[i]!;
    best = Math.max(best, fit);
  }
  return 1.5 * best - 0.4 + 0.3 * post.appeal;
}
