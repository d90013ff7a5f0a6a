/** Reports for operators, and what they adjust: overview, statistics, creators, the map, adjustments. */
import type { Store } from "../data/contract.ts";
import type { ServedLog } from "../data/served-log.ts";
import type { openAdjusting } from "../feed/adjusting/adjusting.ts";
import type { Adjusting } from "../feed/adjusting/operator.ts";
import { operatorsAdjusting } from "../feed/adjusting/service.ts";
import type { listTrier } from "../feed/adjusting/tried-list.ts";
import type { StoreCounts } from "../feed/about.ts";
import type { Service } from "../feed/contract.ts";
import { creatorsReader } from "../feed/creators/reader.ts";
import type { Faults } from "../feed/faults.ts";
import { mapReader } from "../feed/map/catalogue-map.ts";
import { dailyTally } from "../feed/overview/daily.ts";
import { overviewReader } from "../feed/overview/reader.ts";
import type { Reports } from "../feed/reports.ts";
import type { SnapshotRegistry } from "../feed/snapshot-registry.ts";
import { statsReader } from "../feed/stats/stats.ts";
import type { TrialSettings } from "../feed/trials.ts";
import { manifestBefore } from "../snapshot/open.ts";
import type { Paths } from "./paths.ts";

/** Parts of the service that reports are made with. */
type ReportParts = Pick<Service, "readiness" | "recommend"> & {
  readonly paths: Paths;
  readonly faults: Faults;
  readonly registry: SnapshotRegistry;
  readonly store: Store;
  readonly servedLog: () => ServedLog;
  readonly counts: () => Promise<StoreCounts>;
  readonly exploration: TrialSettings;
  readonly adjusting: ReturnType<typeof openAdjusting>;
  readonly previewAdjusting: Adjusting["preview"];
  readonly tryList: ReturnType<typeof listTrier>;
  /** The wall clock, Unix epoch milliseconds. */
  readonly nowMs: () => number;
};

/** Opens the reports. */
export function reportsOf(parts: ReportParts): Reports {
  const { paths, faults, registry, store, servedLog, adjusting, exploration, nowMs } = parts;
  const tally = dailyTally(store.events);
  const before = (id: string) => manifestBefore(paths.snapshotsFolder, id);
  const isDemo = paths.catalogue === "demo";
  const creators = creatorsReader({ ...parts, tally, isDemo });
  const preview = faults.watched("adjusting", parts.previewAdjusting);
  const operator = operatorsAdjusting({
    ...{ adjusting, registry, preview, exploreShare: exploration.share },
    before: (id) => before(id)?.id,
    tryList: faults.watched("adjusting", parts.tryList),
  });
  return {
    stats: faults.watched("stats", statsReader(parts)),
    map: faults.watched("map", mapReader({ registry, ids: store.ids, servedLog, nowMs })),
    overview: faults.watched("overview", overviewReader({ ...parts, tally, before })),
    catalogueHealth: faults.watched("catalogue health", creators.catalogueHealth),
    creators: faults.watched("creators", creators.creators),
    creator: faults.watched("creator", creators.creator),
    adjusting: () => operator,
  };
}

/** The reports of the service that answers when they are asked for. */
export const reportsNow = (now: () => Reports): Reports => ({
  stats: (days) => now().stats(days),
  map: () => now().map(),
  overview: (days) => now().overview(days),
  catalogueHealth: (days) => now().catalogueHealth(days),
  creators: (request) => now().creators(request),
  creator: (request) => now().creator(request),
  adjusting: () => now().adjusting(),
});
