/** Figures of lists before and after an adjustment, and of what moved between them. */
import { measuresIn } from "../../evaluation/list-measures.ts";
import { meanOf } from "../../linalg/vector.ts";
import { DAY_MS } from "../../domain/day.ts";
import { wonBy } from "../../ranking/exploration/contest.ts";
import type { Feed } from "../../ranking/feed.ts";
import type { Steps } from "../../runtime/time-slicing.ts";
import type { Model } from "../../snapshot/model.ts";
import { pairedEffects, type Effect } from "./paired-effects.ts";

/** Posts of a list that are compared. */
export const LIST_LENGTH = 20;

/** THE table of figures of a list's first {@link LIST_LENGTH}. */
export const FIGURES = {
  diversity: "mean of 1 − cosine over pairs of posts",
  categories: "different main categories",
  creators: "different creators",
  age_days: "age of the median post, days before the newest event that was learnt",
  new_posts: "posts in reserved places, which are being tried out",
} as const;

/** The name of a figure. */
export type FigureName = keyof typeof FIGURES;
type Figures = Readonly<Record<FigureName, number>>;

/** The lists of one request. */
export type BeforeAfter = Readonly<Record<"before" | "after", Pick<Feed, "rows" | "contests">>>;

/** Moves of posts between the lists before and after. */
export type Moves = {
  /** Mean share of the first posts that were not among them before. */
  readonly replaced: number;
  /** Mean number of places that those in both lists moved by. */
  readonly places: number;
};

/** Opens the figures of a snapshot's lists. */
function figuresIn(model: Model): (list: BeforeAfter["before"]) => Figures {
  const measures = measuresIn(model);
  const { createdAtMs, categoryRows, creatorRows, info } = model;
  return ({ rows, contests }) => {
    const first = rows.subarray(0, LIST_LENGTH);
    const ages = Float64Array.from(first, (row) => info.asOfMs - createdAtMs[row]!).sort();
    return {
      diversity: measures(first)["diversity@20"],
      categories: new Set(Array.from(first, (row) => categoryRows[row])).size,
      creators: new Set(Array.from(first, (row) => creatorRows[row])).size,
      age_days: (ages[ages.length >> 1] ?? 0) / DAY_MS,
      new_posts: first.filter((row) => wonBy(contests, row) !== undefined).length,
    };
  };
}

/** The effects on lists of a snapshot, in time slices. */
export function* effectsIn(
  model: Model,
  lists: readonly BeforeAfter[],
): Steps<Readonly<Record<FigureName, Effect>>> {
  const figuresOf = figuresIn(model);
  const pairs: { readonly before: Figures; readonly after: Figures }[] = [];
  for (const { before, after } of lists) {
    pairs.push({ before: figuresOf(before), after: figuresOf(after) });
    yield;
  }
  const names = Object.keys(FIGURES) as FigureName[];
  const effects = yield* pairedEffects(
    names.map((name) => ({
      before: Float64Array.from(pairs, (it) => it.before[name]),
      after: Float64Array.from(pairs, (it) => it.after[name]),
    })),
  );
  const entries = names.map((name, n) => [name, effects[n]!] as const);
  return Object.fromEntries(entries) as Record<FigureName, Effect>;
}

/** The moves, over all requests. */
export function movesOf(lists: readonly BeforeAfter[]): Moves {
  const all = lists.map(({ before, after }) => {
    const [was, is] = [before, after].map(({ rows }) => rows.subarray(0, LIST_LENGTH)) as [Uint32Array, Uint32Array]; // prettier-ignore
    const kept = Array.from(is, (row, at) => ({ was: was.indexOf(row), at })).filter(({ was }) => was >= 0); // prettier-ignore
    const places = kept.reduce((sum, { was, at }) => sum + Math.abs(was - at), 0);
    return {
      replaced: 1 - kept.length / Math.max(1, is.length),
      places: places / Math.max(1, kept.length),
    };
  });
  const mean = (of: (it: Moves) => number) => meanOf(Float64Array.from(all, of));
  return { replaced: mean((it) => it.replaced), places: mean((it) => it.places) };
}
