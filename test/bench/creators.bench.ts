/**
 * Creators and the catalogue's health: a million shown posts of a catalogue of 100,000 by 10,000 creators, counted
 * anew, and answered from what was counted. `pause`: see `stats.bench.ts`.
 */
import { creatorsReader } from "../../src/feed/creators/reader.ts";
import { dailyTally } from "../../src/feed/overview/daily.ts";
import type { SnapshotRegistry } from "../../src/feed/snapshot-registry.ts";
import { temporaryFolder } from "../support/folder.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { figure, known, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";
import { NOW_MS, shownWeek, watched } from "./shown-week.ts";

/** Limits: an operator's wait at first and later, memory, and the longest pause of a feed. */
const WANTED = { seconds: 20, laterSeconds: 1, megabytes: 200, pauseMs: 25 };
const DAYS = 7;
/** Posts of a creator, of a category, and of a pair of near-duplicates among so many. */
const [OF_CREATOR, CATEGORIES, PAIRS] = [10, 200, 50];

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  const sizes = quick
    ? { pages: 5_000, people: 500, posts: 10_000 }
    : { pages: 50_000, people: 5_000, posts: 100_000 };
  using folder = temporaryFolder();
  const { servedLog, store, keys, close } = await shownWeek(folder.path, sizes);
  const sketches = keys.map((id, row) => ({
    id,
    creator: `creator ${Math.floor(row / OF_CREATOR)}`,
    category: `category ${row % CATEGORIES}`,
    ageDays: (row % 300) / 10,
    ...(row % PAIRS === 1 && { duplicateOf: row - 1 }),
    ...(row % PAIRS === 0 && { duplicateOf: row }),
  }));
  const { ranker } = rankingWith(modelOf(sketches, { asOfMs: NOW_MS, encoder: undefined }));
  const read = creatorsReader({
    ...{ store, servedLog: () => servedLog, tally: dailyTally(store.events), isDemo: false },
    registry: { current: () => ({ id: "s", ranker }) as ReturnType<SnapshotRegistry["current"]> },
    exploration: { share: 0.05, impressions: 20, days: 7 },
    nowMs: () => NOW_MS,
  });
  const first = await watched(() => read.catalogueHealth(DAYS));
  const later = await watched(() => read.catalogueHealth(DAYS));
  const page = { days: DAYS, offset: 0, limit: 20 };
  const list = await watched(() => read.creators({ ...page, text: "7", sort: "people", isAscending: false })); // prettier-ignore
  const one = await watched(() => read.creator({ ...page, id: "creator 7" }));
  close();
  const { impressions, creators } = first.result!;
  const name = `catalogue health of ${sizes.posts} posts, ${impressions} shown, ${creators.count} creators`; // prettier-ignore
  return [
    withinBudget(name, figure([first.seconds], "s"), WANTED.seconds),
    withinBudget(`${name}: memory`, figure([first.megabytes], "MB"), WANTED.megabytes),
    withinBudget(`${name}: longest pause`, figure([first.pauseMs], "ms"), WANTED.pauseMs),
    known(`${name}: mean pause`, figure([first.meanPauseMs], "ms")),
    ...Object.entries({
      "health again": later,
      "list of creators": list,
      "a creator": one,
    }).flatMap(([what, it]) => [
      withinBudget(what, figure([it.seconds], "s"), WANTED.laterSeconds),
      withinBudget(`${what}: longest pause`, figure([it.pauseMs], "ms"), WANTED.pauseMs),
    ]),
  ];
}
