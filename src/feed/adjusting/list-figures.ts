/** Figures of lists before and after an adjustment, and of what moved between them. */
import { bootstrapping, type Interval } from "../../evaluation/bootstrap.ts";
import { measuresIn } from "../../evaluation/list-measures.ts";
import { meanOf } from "../../linalg/vector.ts";
import { DAY_MS } from "../../domain/day.ts";
import { wonBy } from "../../ranking/exploration/contest.ts";
import type { Feed } from "../../ranking/feed.ts";
import type { Steps } from "../../runtime/time-slicing.ts";
import type { Model } from "../../snapshot/model.ts";

/** Posts of a list that are compared. */
export const COMPARED = 20;
/** Seed of the intervals: equal lists have equal ones. */
const SEED = 1;

/** THE table of figures of a list's first {@link COMPARED}. */
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

/** A figure of the lists before and after: means, and the 95 % interval of the difference. */
export type Effect = {
  readonly before: number;
  readonly after: number;
  readonly difference: Interval;
};

/** The lists of one request. */
export type BeforeAfter = Readonly<Record<"before" | "after", Pick<Feed, "rows" | "contests">>>;

/** What moved between lists. */
export type Moves = {
  /** Mean share of the first posts that were not among them before. */
  readonly replaced: number;
  /** Mean number of places that those in both lists moved by. */
  readonly places: number;
};

/** Opens the figures of a snapshot's lists. */
export function figuresIn(model: Model): (list: BeforeAfter["before"]) => Figures {
  const measures = measuresIn(model);
  const { createdAtMs, categoryRows, creatorRows, info } = model;
  return ({ rows, contests }) => {
    const first = rows.subarray(0, COMPARED);
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

/** The effects over all requests, in time slices. */
export function* effectsOn(
  before: readonly Figures[],
  after: readonly Figures[],
): Steps<Readonly<Record<FigureName, Effect>>> {
  const names = Object.keys(FIGURES) as FigureName[];
  const columns = names.map((name) => Float64Array.from(after, (it, n) => it[name] - before[n]![name])); // prettier-ignore
  const differences = yield* bootstrapping(columns, SEED);
  const mean = (all: readonly Figures[], name: FigureName) => meanOf(Float64Array.from(all, (it) => it[name])); // prettier-ignore
  const effects = names.map((name, n) => [
    name,
    { before: mean(before, name), after: mean(after, name), difference: differences[n]! },
  ]);
  return Object.fromEntries(effects);
}

/** What moved, over all requests. */
export function movesOf(lists: readonly BeforeAfter[]): Moves {
  const all = lists.map(({ before, after }) => {
    const [was, is] = [before, after].map(({ rows }) => rows.subarray(0, COMPARED)) as [Uint32Array, Uint32Array]; // prettier-ignore
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
