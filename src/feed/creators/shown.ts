/** Walk through the served log: what was shown in the last days, and what became of it, by post and by creator. */
import type { Answer, Store } from "../../data/contract.ts";
import type { PageColumns, ServedLog } from "../../data/served-log.ts";
import { DAY_MS } from "../../domain/day.ts";
import type { UserId } from "../../domain/ids.ts";
import type { Ranker } from "../../ranking/feed.ts";
import { inSlices, type Steps } from "../../runtime/time-slicing.ts";
import type { Model } from "../../snapshot/model.ts";
import { EXPLORATION } from "../served-page.ts";
import { credited, type Outcome } from "../stats/credit.ts";
import { count, noCounts, openOutcomes, type Counts, type GroupedOutcomes } from "../stats/outcomes.ts"; // prettier-ignore
import { youngRows } from "../trials.ts";

/** Impressions that a new post is to have before it is known well enough. */
export const FIRST_IMPRESSIONS = 100;

/** Seq of the first page that a log ever had: none is given twice. */
const FIRST_SEQ = 1;

/** What was shown in some days, as rows of one model. */
export type Shown = {
  readonly model: Model;
  readonly days: number;
  /** Unix epoch milliseconds. */
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Time from which on every page is in the log; 0 if none was ever deleted. */
  readonly loggedSinceMs: number;
  readonly pages: number;
  readonly people: number;
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

/** Dependencies of {@link shownIn}. */
export type ShownDeps = {
  readonly servedLog: () => ServedLog;
  readonly store: Pick<Store, "events" | "ids">;
};

type Sums = { -readonly [Name in Exclude<keyof Shown, "sources" | "first">]: Shown[Name] } & {
  readonly sources: Map<string, Uint32Array>;
  readonly first: Map<number, number[]>;
};

/** Reads what was shown in the last days, person by person, in time slices. */
export async function shownIn(
  { servedLog, store }: ShownDeps,
  ranker: Pick<Ranker, "model" | "rowOf">,
  days: number,
  untilMs: number,
): Promise<Shown> {
  const { model } = ranker;
  const log = servedLog();
  const sinceMs = untilMs - days * DAY_MS;
  const sums: Sums = {
    ...{ model, days, sinceMs, untilMs, loggedSinceMs: 0 },
    ...{ pages: 0, people: 0, impressions: 0, explored: 0, unattributed: 0 },
    posts: openOutcomes(),
    creators: openOutcomes(),
    sources: new Map(),
    first: new Map(youngRows(model, sinceMs).map((row) => [row, []])),
  };
  for await (const { userId, pages } of log.byUser(sinceMs)) {
    const id = userId as UserId;
    const key = (await store.ids.userKeys([id])).get(id);
    const answers = key === undefined ? [] : await store.events.answers(key, sinceMs);
    await inSlices(addPerson(sums, ranker, pages, answers));
    sums.people++;
    sums.pages += pages.length;
  }
  const [oldest] = await log.after(0, 1);
  const isWhole = oldest === undefined || oldest.seq === FIRST_SEQ;
  return { ...sums, loggedSinceMs: isWhole ? 0 : oldest.atMs };
}

function* addPerson(
  sums: Sums,
  { model, rowOf }: Pick<Ranker, "model" | "rowOf">,
  pages: readonly PageColumns[],
  answers: readonly Answer[],
): Steps<void> {
  const outcomes = yield* credited(pages, answers);
  const [posts, creators] = [new Map<number, Counts>(), new Map<number, Counts>()];
  for (const [n, page] of pages.entries()) {
    yield;
    sums.impressions += page.posts.length;
    for (let index = 0; index < page.posts.length; index++) {
      const sources = page.sources[index]!;
      sums.explored += Number(sources.includes(EXPLORATION));
      const row = rowOf(page.posts[index]!);
      const creator = row === undefined ? -1 : (model.creatorRows[row] ?? -1);
      const outcome: Outcome | undefined = outcomes[n]!.get(index);
      if (creator < 0 || creator >= model.info.creators.length) sums.unattributed++;
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
