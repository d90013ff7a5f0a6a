/** World of the simulator: its posts and creators, with what nobody but the simulator knows of them. */
import { DAY_MS } from "../../domain/day.ts";
import { demoPosts } from "../../ingest/demo/catalogue.ts";
import { between, gaussian, seededRandom, shuffled, type Random } from "../../linalg/random.ts";

/** First moment of the simulation: past, since a service disbelieves events of the future. */
export const START_MS = Date.UTC(2026, 0, 5);

/** A post of the world. */
export type SimulatedPost = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly category: string;
  /** Subject within the category; viewers have a taste for it, and only words tell it. */
  readonly theme: string;
  readonly creator: string;
  /** True if the creator began during the simulation. */
  readonly isByNewCreator: boolean;
  readonly createdAtMs: number;
  readonly durationMs: number;
  /** Its quality: everybody's liking beside their tastes, normal around 0. */
  readonly quality: number;
};

/** The world of a run. */
export type World = {
  readonly posts: readonly SimulatedPost[];
  /** Posts by the day on whose night they come; those of day 0 are there at the start. */
  readonly postsOf: (day: number) => readonly SimulatedPost[];
};

/** Share of the posts that are there at the start. */
const AT_START = 0.6;
/** Share of later posts that come from creators who begin then. */
const BY_NEW_CREATORS = 0.35;
/** Posts of a new creator. */
const NEW_CREATOR_POSTS = 3;
const QUALITY_DEVIATION = 0.6;
/** Shortest and longest video, seconds. */
const SECONDS = { min: 8, max: 60 };

/** Random numbers of their own for whatever the keys name: policies meet the same viewers, posts and whims. */
export function randomFor(seed: number, ...keys: readonly (string | number)[]): Random {
  return seededRandom(Bun.hash.xxHash32(keys.join(" "), seed));
}

/** The world of a seed: the demo's texts, published over `days` nights. */
export function worldOf(seed: number, days: number): World {
  const random = randomFor(seed, "world");
  const drafts = shuffled(random, demoPosts().filter((it) => it.isPublic && !it.isLocked)); // prettier-ignore
  const first = Math.round(AT_START * drafts.length);
  const dayOf = (n: number) =>
    n < first ? 0 : 1 + Math.floor(((n - first) / (drafts.length - first)) * (days - 1));
  let newcomers = 0;
  const posts = drafts.map(({ name, gist, category, theme, creator }, n): SimulatedPost => {
    const isByNewCreator = n >= first && random() < BY_NEW_CREATORS;
    const isLater = n < first ? between(random, 1, 60) : 0;
    return {
      id: `p${n}`,
      title: name,
      text: gist,
      category: category.name,
      theme: theme.name,
      creator: isByNewCreator
        ? `new${Math.floor(newcomers++ / NEW_CREATOR_POSTS)}`
        : `creator${creator}`,
      isByNewCreator,
      createdAtMs: START_MS + (dayOf(n) - isLater) * DAY_MS,
      durationMs: 1_000 * between(random, SECONDS.min, SECONDS.max),
      quality: QUALITY_DEVIATION * gaussian(random),
    };
  });
  const byDay = Map.groupBy(posts, (_, n) => dayOf(n));
  return { posts, postsOf: (day) => byDay.get(day) ?? [] };
}
