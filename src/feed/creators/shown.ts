/** Walk through the served log: what was shown in the last days, and what became of it, by post and by creator. */
import { DAY_MS } from "../../domain/day.ts";
import type { Ranker } from "../../ranking/feed.ts";
import { inSlices, type Steps } from "../../runtime/time-slicing.ts";
import type { Model } from "../../snapshot/model.ts";
import { EXPLORATION } from "../served-page.ts";
import { creditedPages, type CreditedPages, type PagesDeps } from "../stats/credited-pages.ts";
import { count, noCounts, openOutcomes, type Counts, type GroupedOutcomes } from "../stats/outcomes.ts"; // prettier-ignore
import type { Span } from "../stats/stats.ts";
import { youngRows } from "../trials.ts";

/** Impressions that a new post is to have before it is known well enough. */
export const FIRST_IMPRESSIONS = 100;

/** Seq of the first page that a log ever had: none is given twice. */
const FIRST_SEQ = 1;

/** Impressions of some days, as rows of one model. */
export type Shown = Span & {
  readonly model: Model;
  /** Time from which on every page is in the log; 0 if none was ever deleted. */
  readonly loggedSinceMs: number;
  readonly pages: number;
  /** Shown posts. */
  readonly impressions: number;
  /** Of these, those in slots that exploration won. */
  readonly explored: number;
  /** Of these, those of posts whose creator is unknown, or that the model does not have any more. */
  readonly unattributed: number;
  readonly posts: GroupedOutcomes<number>;
  /** By the index in `info.creators`. */
  readonly creators: GroupedOutcomes<number>;
  /** Shown posts of each creator by the source that found them. */
  readonly sources: ReadonlyMap<string, Uint32Array>;
  /** The first {@link FIRST_IMPRESSIONS} times at which each new post was shown, in no order. */
  readonly first: ReadonlyMap<number, readonly number[]>;
};

type Sums = { -readonly [Name in Exclude<keyof Shown, "sources" | "first">]: Shown[Name] } & {
  readonly sources: Map<string, Uint32Array>;
  readonly first: Map<number, number[]>;
};

/** Reads what was shown in the last days, person by person, in time slices. */
export async function shownIn(
  deps: PagesDeps,
  ranker: Pick<Ranker, "model" | "rowOf">,
  days: number,
  untilMs: number,
): Promise<Shown> {
  const { model } = ranker;
  const sinceMs = untilMs - days * DAY_MS;
  const sums: Sums = {
    ...{ model, days, sinceMs, untilMs, loggedSinceMs: 0 },
    ...{ pages: 0, impressions: 0, explored: 0, unattributed: 0 },
    posts: openOutcomes(),
    creators: openOutcomes(),
    sources: new Map(),
    first: new Map(youngRows(model, sinceMs).map((row) => [row, []])),
  };
  for await (const person of creditedPages(deps, sinceMs)) {
    await inSlices(addPerson(sums, ranker, person));
    sums.pages += person.pages.length;
  }
  const [oldest] = await deps.servedLog().after(0, 1);
  const isWhole = oldest === undefined || oldest.seq === FIRST_SEQ;
  return { ...sums, loggedSinceMs: isWhole ? 0 : oldest.atMs };
}

function* addPerson(
  sums: Sums,
  { model, rowOf }: Pick<Ranker, "model" | "rowOf">,
  { pages, outcomes }: CreditedPages,
): Steps<void> {
  const [posts, creators] = [new Map<number, Counts>(), new Map<number, Counts>()];
  for (const [n, page] of pages.entries()) {
    yield;
    sums.impressions += page.posts.length;
    for (let index = 0; index < page.posts.length; index++) {
      const sources = page.sources[index]!;
      sums.explored += Number(sources.includes(EXPLORATION));
      const row = rowOf(page.posts[index]!);
      const creator = row === undefined ? -1 : model.creatorRows[row]!;
      const outcome = outcomes[n]!.get(index);
      if (creator < 0) sums.unattributed++;
      else {
        count(creators.getOrInsertComputed(creator, noCounts), outcome);
        for (const it of sources) sourceCounts(sums, it)[creator]!++;
      }
      if (row === undefined) continue;
      count(posts.getOrInsertComputed(row, noCounts), outcome);
      addTime(sums.first.get(row), page.atMs);
    }
  }
  yield* sums.posts.add(posts);
  yield* sums.creators.add(creators);
}

const sourceCounts = ({ sources, model }: Sums, name: string) =>
  sources.getOrInsertComputed(name, () => new Uint32Array(model.info.creators.length));

/** Keeps the first times; others go, many at once. */
function addTime(times: number[] | undefined, atMs: number): void {
  if (times === undefined) return;
  times.push(atMs);
  if (times.length < 2 * FIRST_IMPRESSIONS) return;
  times.sort((a, b) => a - b);
  times.length = FIRST_IMPRESSIONS;
}
