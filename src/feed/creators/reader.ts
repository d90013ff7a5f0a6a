/** Reader of creators and of the catalogue's health, which counts the served log for both and keeps the counts for a minute. */
import PQueue from "p-queue";
import type { Store } from "../../data/contract.ts";
import { DAY_MS } from "../../domain/day.ts";
import { concentrationOf } from "../../evaluation/concentration.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import type { DailyTally } from "../overview/daily.ts";
import type { ServedSnapshot, SnapshotRegistry } from "../snapshot-registry.ts";
import type { PagesDeps } from "../stats/credited-pages.ts";
import type { TrialSettings } from "../trials.ts";
import { coldPosts, deadCategories, duplicateGroups, servableRows } from "./catalogue-parts.ts";
import type { CreatorsService } from "./creators.ts";
import { creatorPage, type Counted } from "./creator-page.ts";
import { sorted, summariesOf } from "./creator-rows.ts";
import { explorationState, stagesOf } from "./exploration-state.ts";
import { firstImpressions } from "./first-impressions.ts";
import { postsAt } from "./posts-at.ts";
import type { CatalogueHealth, TitledPost } from "./health.ts";
import { shownIn } from "./shown.ts";

/** Dependencies of {@link creatorsReader}. */
type CreatorsDeps = PagesDeps & {
  readonly registry: Pick<SnapshotRegistry, "current">;
  readonly store: Store;
  readonly tally: () => Promise<DailyTally>;
  readonly exploration: TrialSettings;
  /** True for the demo, whose events and posts may end long ago. */
  readonly isDemo: boolean;
  /** Unix epoch milliseconds. */
  readonly nowMs: () => number;
};

/** Time for which what was counted is shown, milliseconds. */
const KEPT_MS = 60_000;
/** Groups of near-duplicates that are listed, posts of each, and cold posts. */
const GROUPS_LISTED = 20;
const POSTS_LISTED = 5;
const COLD_LISTED = 10;

/** Opens the reader. Who asks while it counts waits for the same count. */
export function creatorsReader(deps: CreatorsDeps): CreatorsService {
  const { store } = deps;
  const counted = counting(deps);
  return {
    catalogueHealth: async (days) => (await counted(days))?.health(),
    creators: async ({ days, offset, limit, ...request }) => {
      const all = await counted(days);
      if (all === undefined) return undefined;
      const found = await inSlices(sorted(all.summaries, request));
      const { sinceMs, untilMs } = all.shown;
      return { days, sinceMs, untilMs, total: found.length, creators: found.slice(offset, offset + limit) }; // prettier-ignore
    },
    creator: async (request) => {
      const all = await counted(request.days);
      if (all === undefined) return undefined;
      return (await creatorPage(store, all, request)) ?? "unknown creator";
    },
  };
}

/** The counts, and the health of the catalogue that follows from them, which is found out at its first request. */
type Kept = Counted & { readonly health: () => Promise<CatalogueHealth> };

/** Counts what was shown in the last days; a count is kept for {@link KEPT_MS}, unless somebody is erased. */
function counting(deps: CreatorsDeps) {
  const { registry, servedLog, store, exploration, nowMs } = deps;
  /** One count at a time, whatever days are asked for: each takes some hundred bytes a post. */
  const counts = new PQueue({ concurrency: 1 });
  let [name, kept]: [string?, Promise<Kept>?] = [];

  async function count({ ranker }: ServedSnapshot, days: number): Promise<Kept> {
    const shown = await shownIn(deps, ranker, days, nowMs());
    const stages = await stagesOf(servedLog(), shown, exploration);
    const counted = { shown, stages, summaries: await inSlices(summariesOf(shown)) };
    let health: Promise<CatalogueHealth> | undefined;
    const again = (cause: unknown) => ((health = undefined), Promise.reject(cause));
    return { ...counted, health: () => (health ??= healthOf(deps, counted).catch(again)) };
  }

  return async (days: number): Promise<Kept | undefined> => {
    const current = registry.current();
    if (current === undefined) return undefined;
    const erased = await Promise.all([servedLog().erasures(), store.events.lastErasure()]);
    const asked = [current.id, days, ...erased].join(" ");
    if (kept !== undefined && name === asked) return kept;
    const counted = counts.add(() => count(current, days));
    [name, kept] = [asked, counted];
    // A snapshot that is old by then is let go of.
    const drop = () => kept === counted && (kept = undefined);
    counted.then(() => setTimeout(drop, KEPT_MS).unref(), drop);
    return counted;
  };
}

async function healthOf(
  { store, tally, exploration, isDemo }: CreatorsDeps,
  { shown, summaries, stages }: Counted,
): Promise<CatalogueHealth> {
  const { model, days, sinceMs, untilMs, pages, impressions, unattributed } = shown;
  const { lastDayOf } = await tally();
  const sinceDay = isDemo ? -Infinity : Math.floor(sinceMs / DAY_MS);
  const rows = await inSlices(servableRows(model, untilMs));
  const groups = await inSlices(duplicateGroups(model, rows));
  const { waiting, ...cold } = await inSlices(coldPosts(shown, rows, lastDayOf, untilMs));
  const longest = waiting.slice(0, COLD_LISTED);
  const listed = groups.slice(0, GROUPS_LISTED).map((it) => ({ size: it.length, rows: it.slice(0, POSTS_LISTED) })); // prettier-ignore
  const posts = await postsAt(store, model, [...longest, ...listed.flatMap((it) => it.rows)]);
  const known = (row: number) => posts.get(row) ?? []; // it may be deleted since
  const servable = summaries.filter((it) => it.servable > 0);
  return {
    ...{ days, sinceMs, untilMs, pages, impressions, unattributed },
    creators: {
      ...concentrationOf(Uint32Array.from(servable, (it) => it.impressions)),
      count: servable.length,
      shown: servable.filter((it) => it.impressions > 0).length,
    },
    firstImpressions: await firstImpressions(store, shown),
    exploration: explorationState(exploration, shown, stages),
    duplicates: {
      groups: groups.length,
      repeats: groups.reduce((sum, it) => sum + it.length - 1, 0),
      largest: listed.map(({ size, rows }) => ({ size, posts: rows.flatMap(known).map(titleOf) })),
    },
    categories: await inSlices(deadCategories(shown, rows, lastDayOf, sinceDay)),
    cold: {
      ...cold,
      longest: longest
        .flatMap(known)
        .map((it) => ({ ...titleOf(it), createdAtMs: it.createdAtMs })),
    },
  };
}

const titleOf = ({ id, title }: TitledPost): TitledPost => ({ id, title });
