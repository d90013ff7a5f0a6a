/** Reader of creators and of the catalogue's health: what was shown is walked through once a minute at most. */
import type { Store } from "../../data/contract.ts";
import { DAY_MS } from "../../domain/day.ts";
import { concentrationOf } from "../../evaluation/concentration.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import type { DailyTally } from "../overview/daily.ts";
import type { SnapshotRegistry } from "../snapshot-registry.ts";
import type { TrialSettings } from "../trials.ts";
import { agesOf, coldRows, deadCategories, duplicateGroups, keysOf, servableRows } from "./catalogue-parts.ts"; // prettier-ignore
import type { CreatorsService } from "./creators.ts";
import { creatorPage, type Counted } from "./creator-page.ts";
import { sorted, summariesOf } from "./creator-rows.ts";
import { explorationState, stagesOf } from "./exploration-state.ts";
import { firstImpressions } from "./first-impressions.ts";
import type { CatalogueHealth, TitledPost } from "./health.ts";
import { shownIn, type ShownDeps } from "./shown.ts";

/** Dependencies of {@link creatorsReader}. */
type CreatorsDeps = ShownDeps & {
  readonly registry: Pick<SnapshotRegistry, "current">;
  readonly store: Store;
  readonly tally: () => Promise<DailyTally>;
  readonly exploration: TrialSettings;
  /** The demo's events and posts end long ago. */
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
    catalogueHealth: async (days) => {
      const all = await counted(days);
      return all && healthOf(deps, all);
    },
    creators: async ({ days, offset, limit, ...request }) => {
      const all = await counted(days);
      if (all === undefined) return undefined;
      const found = sorted(all.summaries, request);
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

/** Counts what was shown in the last days; a count is kept for {@link KEPT_MS}, unless somebody is erased. */
function counting(deps: CreatorsDeps) {
  const { registry, servedLog, exploration, nowMs } = deps;
  let kept: { readonly name: string; readonly untilMs: number; readonly counted: Promise<Counted> } | undefined; // prettier-ignore

  async function count(days: number, untilMs: number): Promise<Counted> {
    const shown = await shownIn(deps, registry.current()!.ranker, days, untilMs);
    const stages = await stagesOf(servedLog(), shown, exploration);
    return { shown, stages, summaries: await inSlices(summariesOf(shown)) };
  }

  return async (days: number): Promise<Counted | undefined> => {
    const current = registry.current();
    if (current === undefined) return undefined;
    const name = `${current.id} ${days} ${await servedLog().erasures()}`;
    const untilMs = nowMs();
    if (kept?.name !== name || Math.abs(untilMs - kept.untilMs) >= KEPT_MS) {
      const counted = count(days, untilMs);
      kept = { name, untilMs, counted };
      counted.catch(() => (kept = undefined));
    }
    return kept.counted;
  };
}

async function healthOf(
  { store, tally, exploration, isDemo }: CreatorsDeps,
  { shown, summaries, stages }: Counted,
): Promise<CatalogueHealth> {
  const { model, days, sinceMs, untilMs, pages, impressions, unattributed } = shown;
  const { lastDayOf } = await tally();
  const nowMs = isDemo ? model.info.asOfMs : untilMs;
  const sinceDay = isDemo ? -Infinity : Math.floor(sinceMs / DAY_MS);
  const rows = await inSlices(servableRows(model, untilMs));
  const groups = await inSlices(duplicateGroups(model, rows));
  const cold = await inSlices(coldRows(model, rows, lastDayOf));
  const waiting = cold.filter((row) => shown.posts.impressions(row) === 0).slice(0, COLD_LISTED);
  const titles = await titlesOf(store, shown, [waiting, ...groups.slice(0, GROUPS_LISTED)]);
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
      largest: groups
        .slice(0, GROUPS_LISTED)
        .map((it) => ({ size: it.length, posts: it.slice(0, POSTS_LISTED).flatMap(titles) })),
    },
    categories: await inSlices(deadCategories(shown, rows, lastDayOf, sinceDay)),
    cold: {
      posts: cold.length,
      ages: agesOf(shown, cold, nowMs),
      longest: waiting.flatMap((row) =>
        titles(row).map((it) => ({ ...it, createdAtMs: model.createdAtMs[row]! })),
      ),
    },
  };
}

/** Ids and titles of the first rows of some lists, by row; nothing for a post that is gone. */
async function titlesOf(
  { ids, posts }: Store,
  { model }: Counted["shown"],
  lists: readonly (readonly number[])[],
): Promise<(row: number) => TitledPost[]> {
  const keys = keysOf(model, lists.flatMap((it) => it.slice(0, COLD_LISTED))); // prettier-ignore
  const [idOf, titles] = await Promise.all([ids.postIds(keys), posts.titles(keys)]);
  return (row) => {
    const [key] = keysOf(model, [row]);
    const [id, title] = [idOf.get(key!), titles.get(key!)];
    return id === undefined || title === undefined ? [] : [{ id, title }];
  };
}
