/**
 * Viewers of the simulator: tastes that drift, boredom, patience, waking hours, and the chance that they come back.
 *
 * Nothing here was fitted to a recommender, and no number of it reaches one: a service sees watch times and likes.
 */
import { DAY_MS } from "../../domain/day.ts";
import { gaussian, shuffled, type Random } from "../../linalg/random.ts";
import { randomFor, START_MS, type SimulatedPost } from "./world.ts";

/** A viewer. */
export type Viewer = {
  readonly id: string;
  /** Day of their first visit. */
  readonly joinsOn: number;
  /** Interest by category, as of the day that {@link drift} was last called for. */
  readonly interests: Map<string, number>;
  /** Visits on an average day, for somebody who was content. */
  readonly activity: number;
  /** Hour at which they wake up; they sleep eight hours before. */
  readonly wakesAt: number;
  /** Readiness to like, normal around 0. */
  readonly eagerness: number;
  /** Running mean of how content their visits left them, 0–1. */
  loyalty: number;
  /** The posts that they watched last, newest last. */
  readonly recent: SimulatedPost[];
  /** Day of the last showing by post. */
  readonly shownOn: Map<string, number>;
};

/** A viewer's reaction to a post. */
type Reaction = {
  /** Share of the length that they watched, 0–1. */
  readonly share: number;
  readonly isLiked: boolean;
};

/** Share of the viewers who are there on the first day. */
const AT_START = 0.5;
const FAVOURITES = 3;
/** Interest in a favourite and in any other category; the scale is that of the log-odds of watching on. */
const [FAVOURITE, OTHER] = [1.7, -1.2];
/** Appeal that a visit's own interest gains, and that all others lose: people come for something. */
const INTENT = { gain: 1.2, loss: 0.6 };
/** Standard deviation of a day's change of each interest. */
const DRIFT = 0.08;
/** Chance a day that a favourite and another category change places. */
const TURN = 0.02;
/** Standard deviations of the taste for a theme, for a creator, and of a whim. */
const DEVIATION = { theme: 0.7, creator: 0.4, whim: 0.5 };
/** Videos that a viewer still remembers when they are bored by more of one kind. */
const MEMORY = 12;
/** Loss of appeal for each remembered video of the category above two, and of the theme. */
const BOREDOM = { category: 0.25, theme: 0.4 };
/** Loss of appeal of a video that was shown within {@link REMEMBERED_DAYS}. */
const SEEN_BEFORE = 2.5;
/** Days after which a viewer has forgotten a video. */
const REMEMBERED_DAYS = 30;
/** Appeal above which a viewer with no eagerness likes a video. */
const LIKED_FROM = 1.6;

/** The viewers of a seed. */
export function viewersOf(
  seed: number,
  count: number,
  days: number,
  categories: readonly string[],
): Viewer[] {
  return Array.from({ length: count }, (_, n): Viewer => {
    const random = randomFor(seed, "viewer", n);
    const favourites = new Set(shuffled(random, categories).slice(0, FAVOURITES));
    const interest = (it: string) => (favourites.has(it) ? FAVOURITE : OTHER) + 0.3 * gaussian(random); // prettier-ignore
    return {
      id: `v${n}`,
      joinsOn: n < AT_START * count ? 0 : Math.floor(random() * days),
      interests: new Map(categories.map((it) => [it, interest(it)])),
      activity: 0.4 + 1.6 * random() ** 2,
      wakesAt: 5 + 5 * random(),
      eagerness: 0.6 * gaussian(random),
      loyalty: 0.5,
      recent: [],
      shownOn: new Map(),
    };
  });
}

/** A night: interests drift, and half of what was watched is forgotten. */
export function drift({ id, interests, recent }: Viewer, seed: number, day: number): void {
  const random = randomFor(seed, "drift", id, day);
  for (const [category, it] of interests) interests.set(category, it + DRIFT * gaussian(random));
  recent.splice(0, Math.ceil(recent.length / 2));
  if (random() >= TURN) return;
  const sorted = [...interests].sort(([, a], [, b]) => b - a);
  const [best, other] = [sorted[0]!, sorted[FAVOURITES + Math.floor(random() * (sorted.length - FAVOURITES))]!]; // prettier-ignore
  interests.set(best[0], other[1]).set(other[0], best[1]);
}

/** Times of a viewer's visits on a day, Unix epoch milliseconds: in waking hours, more often if they were content. */
export function visitsOf(viewer: Viewer, seed: number, day: number): number[] {
  const random = randomFor(seed, "visits", viewer.id, day);
  if (day < viewer.joinsOn) return [];
  const wanted = day === viewer.joinsOn ? 1 : viewer.activity * (0.5 + viewer.loyalty);
  const count = Math.floor(wanted) + Number(random() < wanted % 1);
  const hour = () => (viewer.wakesAt + 16 * random()) % 24;
  return Array.from({ length: count }, () => START_MS + day * DAY_MS + Math.floor(hour() * 3_600_000)); // prettier-ignore
}

/** The category that a viewer comes for in a visit: one of their favourites of the day. */
export function intentOf({ interests }: Viewer, random: Random): string {
  const sorted = [...interests].sort(([, a], [, b]) => b - a);
  return sorted[Math.floor(random() * FAVOURITES)]![0];
}

/** The visit in which a post is shown. */
type Occasion = {
  readonly seed: number;
  readonly day: number;
  /** {@link intentOf} the viewer. */
  readonly intent: string;
};

/** A viewer's reaction to a post that they are shown. */
export function reactionTo(
  viewer: Viewer,
  post: SimulatedPost,
  { seed, day, intent }: Occasion,
): Reaction {
  const taste = (kind: "theme" | "creator") =>
    DEVIATION[kind] * gaussian(randomFor(seed, kind, viewer.id, post[kind]));
  const remembered = (kind: "category" | "theme") =>
    viewer.recent.filter((it) => it[kind] === post[kind]).length;
  const random = randomFor(seed, "reaction", viewer.id, post.id, day);
  const shownOn = viewer.shownOn.get(post.id) ?? -Infinity;
  const appeal =
    viewer.interests.get(post.category)! +
    taste("theme") +
    taste("creator") +
    post.quality +
    (post.category === intent ? INTENT.gain : -INTENT.loss) +
    DEVIATION.whim * gaussian(random) -
    BOREDOM.category * Math.max(0, remembered("category") - 2) -
    BOREDOM.theme * remembered("theme") -
    (day - shownOn < REMEMBERED_DAYS ? SEEN_BEFORE : 0);
  return {
    share: 1 / (1 + Math.exp(-appeal)),
    isLiked: appeal + viewer.eagerness > LIKED_FROM && random() < 0.5,
  };
}

/** A post was shown: the viewer remembers it. */
export function remember(viewer: Viewer, post: SimulatedPost, day: number): void {
  viewer.shownOn.set(post.id, day);
  viewer.recent.push(post);
  if (viewer.recent.length > MEMORY) viewer.recent.shift();
}
