/** The demo catalogue: the posts of the hand-written material with ids, dates and creators. */
import { DAY_MS } from "../../domain/day.ts";
import {
  between,
  gaussian,
  pick,
  seededRandom,
  shuffled,
  type Random,
} from "../../linalg/random.ts";
import { CATEGORIES } from "./categories.ts";
import type { CategoryMaterial, Format, Theme } from "./material.ts";

/** A post of the demo, before it becomes a row of upstream's. */
export type DemoPost = {
  readonly id: number;
  readonly category: CategoryMaterial;
  readonly theme: Theme;
  /** Title; posts that are `isUntitled` don't send it. */
  readonly name: string;
  /** The sentence that says what the video shows. */
  readonly gist: string;
  readonly format: Format;
  /** Number of the creator, from 1. */
  readonly creator: number;
  readonly createdAtMs: number;
  /** Id of the next part of a series, 0 without one. */
  readonly nextPart: number;
  /** Factor on how often it is watched; log-normal around 1. */
  readonly appeal: number;
  readonly isUntitled: boolean;
  readonly isLocked: boolean;
  readonly isPublic: boolean;
  readonly hasCategory: boolean;
  /** True for the few posts of upstream's topic "flic". */
  readonly hasTopic: boolean;
};

type Draft = Omit<DemoPost, "id" | "nextPart" | "isUntitled" | "isLocked" | "isPublic"> & {
  /** The theme whose series it is a part of. */
  readonly seriesOf: Theme | undefined;
};

/** The demo's present: no post and no event is later. */
export const DEMO_END_MS = Date.UTC(2026, 10, 20);
/** Time of the first post. */
export const DEMO_START_MS = DEMO_END_MS - 180 * DAY_MS;
const CREATORS_PER_CATEGORY = 2;
/** Number of creators. */
export const CREATORS = CATEGORIES.length * CREATORS_PER_CATEGORY;
/** Number of posts without a title. Real stores have some too, and feeds must show them. */
const UNTITLED = 20;
const FIRST_ID = 1_001;
const SEED = 20_261_120;

/** The catalogue, ascending by id and date; the same on every call. */
export function demoPosts(): readonly DemoPost[] {
  const random = seededRandom(SEED);
  const drafts = CATEGORIES.flatMap((category, place) =>
    category.themes.flatMap((theme, n) =>
      draftTheme(random, category, theme, CREATORS_PER_CATEGORY * place + (n % 2) + 1),
    ),
  ).sort((a, b) => a.createdAtMs - b.createdAtMs);
  const plain = shuffled(
    random,
    drafts.filter((it) => it.seriesOf === undefined && !it.hasTopic),
  );
  const untitled = new Set(plain.slice(0, UNTITLED));
  const locked = new Set(plain.slice(-6));
  const withheld = new Set(plain.slice(-12, -4)); // two of them are locked as well
  let id = FIRST_ID;
  const ids = drafts.map(() => (id += between(random, 1, 4)));
  return drafts.map(({ seriesOf, ...draft }, n) => ({
    ...draft,
    id: ids[n]!,
    nextPart:
      seriesOf === undefined
        ? 0
        : (ids[drafts.findIndex((it, m) => m > n && it.seriesOf === seriesOf)] ?? 0),
    isUntitled: untitled.has(drafts[n]!),
    isLocked: locked.has(drafts[n]!),
    isPublic: !withheld.has(drafts[n]!),
  }));
}

/** The posts of one theme; parts of a series are published a few days apart. */
function draftTheme(
  random: Random,
  category: CategoryMaterial,
  theme: Theme,
  creator: number,
): Draft[] {
  const posts = Object.entries(theme.posts);
  const gapDays = 3 + 5 * random();
  const firstMs = momentBefore(random, DEMO_END_MS - posts.length * gapDays * DAY_MS);
  return posts.map(([name, gist], part) => ({
    category,
    theme,
    name,
    gist,
    creator,
    format: formatOf(random, theme, `${name} ${gist}`),
    createdAtMs: theme.isSeries
      ? wholeSecond(firstMs + (part + 0.2 * random()) * gapDays * DAY_MS)
      : momentBefore(random, DEMO_END_MS),
    appeal: Math.exp(0.8 * gaussian(random)),
    hasCategory: random() >= 0.005,
    hasTopic: part === 0 && TOPIC_THEMES.includes(theme.name),
    seriesOf: theme.isSeries ? theme : undefined,
  }));
}

/** Themes whose first post is of upstream's topic. */
const TOPIC_THEMES = ["Ten-day speaking challenge", "Thirty days of drawing", "Exam countdown"];

/** A random time, early ones more likely, so that the first viewers find posts. */
function momentBefore(random: Random, endMs: number): number {
  return wholeSecond(DEMO_START_MS + (endMs - DEMO_START_MS) * random() ** 1.3);
}

const wholeSecond = (ms: number) => 1_000 * Math.floor(ms / 1_000);

/** The format of a post: "poem" if its words say so, else another one of the theme. */
function formatOf(random: Random, theme: Theme, words: string): Format {
  const isPoem = theme.formats.includes("poem") && /\b(poem|verses?|ode)\b/i.test(words);
  return isPoem
    ? "poem"
    : pick(
        random,
        theme.formats.filter((it) => it !== "poem"),
      );
}
