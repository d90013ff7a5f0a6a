/** The people of the sparse set: mostly here once, each with a few interests, and how much they do. */
import { gaussian, type Random } from "../../ingest/demo/chance.ts";
import {
  direction,
  drawn,
  mixed,
  DAY_MS,
  DAYS,
  LATENT,
  START_MS,
  type SparsePost,
} from "./catalogue.ts";

/** Something a person likes: a kind of post, wherever it is filed, and the category it brought them to. */
export type Interest = { readonly category: number; readonly taste: Float32Array };

/** Somebody who does something. */
export type SparsePerson = {
  readonly interests: readonly Interest[];
  /** Begin of each visit, ascending, Unix epoch milliseconds, and the posts opened in it. */
  readonly visits: readonly { readonly atMs: number; readonly posts: number }[];
  /** How readily they press buttons. */
  readonly eagerness: number;
};

/** How many posts the n-th busiest person opens: log-log between these places. */
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
/** People who do something. */
export const ACTIVE = 1_311;

/** Everybody who does something. */
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
    ACTIVITY.findIndex(([place]) => place >= rank),
  );
  const [[fromRank, from], [toRank, to]] = [ACTIVITY[after - 1]!, ACTIVITY[after]!];
  const share = Math.log(rank / fromRank) / Math.log(toRank / fromRank);
  return from * (to / from) ** share;
}

/** A first visit somewhere in the year, later rather than sooner; the others while interest lasts. */
function visitsOf(random: Random, size: number): SparsePerson["visits"] {
  const usual = 4 + Math.min(14, size / 12);
  const sizes: number[] = [];
  for (let left = size; left > 0; left -= sizes.at(-1)!)
    sizes.push(Math.min(left, Math.max(1, Math.ceil(usual * -Math.log(1 - random())))));
  const gapDays = 3 + 13 * random();
  const gaps = sizes.map((_, n) => (n === 0 ? 0 : -gapDays * Math.log(1 - random())));
  const spanDays = gaps.reduce((sum, it) => sum + it, 0);
  const room = DAYS - 16 - Math.min(spanDays, DAYS - 20);
  const fitting = Math.min(1, (DAYS - 20) / Math.max(1, spanDays));
  let day = 15 + room * random() ** 0.8;
  return sizes.map((posts, n) => {
    day += gaps[n]! * fitting;
    return { atMs: START_MS + Math.floor(day * DAY_MS), posts };
  });
}

/** What brought them: posts of the months before they came; the busier, the more interests. */
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
    const { category, taste } = posts[drawn(random, weights)]!;
    return {
      category,
      taste: mixed([
        [1, taste],
        [0.5, direction(random, LATENT)],
      ]),
    };
  });
}

/** How much somebody likes a post, about −1.5 to 2.5: the interest that fits best, and how well it is made. */
export function likingOf({ interests }: SparsePerson, post: SparsePost): number {
  let best = -Infinity;
  for (const { category, taste } of interests) {
    let fit = category === post.category ? 0.35 : 0;
    for (let i = 0; i < LATENT; i++) fit += taste[i]! * post.taste[i]!;
    best = Math.max(best, fit);
  }
  return 1.5 * best - 0.4 + 0.3 * post.appeal;
}
