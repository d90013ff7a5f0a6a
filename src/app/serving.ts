/** The service on the store's file, which may be replaced while it runs. */
import { weightsIn } from "../config/values.ts";
import type { Store } from "../data/contract.ts";
import type { ServedLog } from "../data/served-log.ts";
import { checkStoreFile, openServed, type StoreFile } from "../data/sqlite/open.ts";
import { storeTrouble } from "../data/trouble.ts";
import type { PostId } from "../domain/ids.ts";
import { openAdjusting } from "../feed/adjusting/adjusting.ts";
import { storeCounts } from "../feed/about.ts";
import { categoryCounts, similarPosts } from "../feed/catalogue.ts";
import { chartOf, type ChartRequest } from "../feed/charts.ts";
import type { Service } from "../feed/contract.ts";
import { asPreview } from "../feed/faults.ts";
import { eventWatcher } from "../feed/events/watch.ts";
import { readinessOf } from "../feed/readiness.ts";
import { recommender } from "../feed/recommend.ts";
import { openNewPosts } from "../feed/new-posts.ts";
import { liveSnapshot } from "../feed/live-snapshot.ts";
import { runsService } from "../feed/runs.ts";
import { peopleReader } from "../feed/people.ts";
import { searcher } from "../feed/search.ts";
import { openRegistry, type SnapshotRegistry } from "../feed/snapshot-registry.ts";
import { openGorse } from "../ingest/gorse/gorse.ts";
import { openPush } from "../ingest/push/push.ts";
import { MOODS } from "../models/mood/moods.ts";
import { erasingWriter } from "./erasure.ts";
import { reportsNow, reportsOf } from "./reports.ts";
import { servedLogOf } from "./served.ts";
import type { ServingParts } from "./serving-parts.ts";

export function openServing(parts: ServingParts) {
  const { config, paths, threads, troubles, log, nowMs } = parts;
  const [signals, folder] = [weightsIn(config.SIGNALS), paths.snapshotsFolder];
  const mayOnlyRead = () => openRegistry(folder).current() !== undefined;
  let store = openServed(paths.storePath, mayOnlyRead, signals);
  const registry = openRegistry(folder, { store: store.openedAt, storeNow: () => store.mark() });
  const logFor = ({ openedAt }: StoreFile) =>
    servedLogOf(paths.servedPath, openedAt, config, threads.checkpoint, troubles.set);
  let served = logFor(store);
  let service = serviceOf(parts, registry, store, served.log);
  const { write } = erasingWriter({
    writer: threads.writer,
    users: () => store.users,
    servedLog: () => served.log(),
    nowMs,
  });
  const writing = { store: () => store, servedLog: () => served.log(), writer: () => ({ write }), nowMs }; // prettier-ignore
  const push = openPush(writing);
  const unstoredHere = { unstored: push.unstored, process: crypto.randomUUID().slice(0, 8) };
  return {
    registry,
    live: liveSnapshot({ registry, store: () => store }),
    store: () => store,
    service: {
      feed: (request) => service.feed(request),
      recommend: (request) => service.recommend(request),
      why: (request) => service.why(request),
      taste: (user) => service.taste(user),
      ...reportsNow(() => service),
      similar: (...request) => service.similar(...request),
      chart: (request) => service.chart(request),
      categories: () => service.categories(),
      moods: () => service.moods(),
      search: {
        find: (...asked) => service.search.find(...asked),
        summaries: (ids) => service.search.summaries(ids),
      },
      people: {
        named: (ids) => service.people.named(ids),
        newest: (count) => service.people.newest(count),
      },
      readiness: () => service.readiness(),
      about: () => service.about(),
      effect: (seq) => service.effect(seq),
      push,
      watchEvents: eventWatcher({ store: () => store, ...unstoredHere }),
      gorse: openGorse(writing),
      runs: runsService({ ...parts, runs: () => store.runs, writer: threads.writer, counts: () => service.about() }), // prettier-ignore
    } satisfies Service,
    /** Reopens the store if its file was replaced; true if it was. Reopens the served log if its file can be used at last. */
    reopenIfReplaced: (): boolean => {
      const { trouble, next } = checkStoreFile(store, paths.storePath, signals);
      troubles.set("store", trouble);
      if (served.reopen()) service = serviceOf(parts, registry, store, served.log);
      if (next === undefined) return false;
      // The old store closes when it is garbage: requests may still read from it.
      store = next;
      served = logFor(next);
      service = serviceOf(parts, registry, next, served.log);
      log(`${paths.storePath} is opened anew`);
      return true;
    },
    close: () => {
      served.close();
      store.close();
    },
  };
}

function serviceOf(
  parts: ServingParts,
  registry: SnapshotRegistry,
  store: Store,
  servedLog: () => ServedLog,
) {
  const { config, threads, faults, paths, nowMs } = parts;
  const { encoder } = threads;
  const counts = storeCounts(store, performance.now.bind(performance));
  const exploration = {
    share: config.EXPLORE_SHARE,
    impressions: config.EXPLORE_IMPRESSIONS,
    days: config.EXPLORE_DAYS,
  };
  const adjusting = openAdjusting({ meta: store.meta, writer: threads.writer, clockMs: nowMs });
  const { feed, recommend, why, taste, effect, previewAdjusting, tryList } = recommender({
    inForce: adjusting.inForce,
    registry,
    store,
    servedLog,
    clockMs: nowMs,
    newPosts: openNewPosts({
      ...store,
      servedLog,
      settings: exploration,
      watched: (count) => faults.watched("exploration", count),
    }),
    encode: async (text, model) =>
      encoder().state().model === model ? encoder().encodeQuery(text) : undefined,
    steerHalfLifeDays: parts.config.STEER_HALF_LIFE_DAYS,
  });
  const recommended = faults.watched("recommendations", recommend, (page) => page?.faults ?? [], asPreview); // prettier-ignore
  const readiness = () => readinessIn(parts, registry, store);
  return {
    feed: faults.watched("feed", feed, (page) => page?.faults ?? [], asPreview),
    recommend: recommended,
    why: faults.watched("why", why),
    taste: faults.watched("taste", taste),
    effect: faults.watched("effect", effect),
    similar: faults.watched("similar", (id: PostId, limit: number, category?: string) =>
      similarPosts(registry, store, id, limit, nowMs(), category),
    ),
    categories: faults.watched("categories", async () => categoryCounts(registry, nowMs())),
    chart: faults.watched("chart", (it: ChartRequest) => chartOf(registry, store, it, nowMs())),
    moods: () => MOODS,
    search: searcher(store),
    people: peopleReader(store, servedLog),
    about: faults.watched("about", async () => ({
      ...(await counts()),
      catalogue: paths.catalogue,
    })),
    readiness,
    ...reportsOf({
      ...parts,
      registry,
      store,
      servedLog,
      counts,
      readiness,
      exploration,
      recommend: recommended,
      adjusting,
      previewAdjusting,
      tryList,
    }),
  } satisfies Omit<Service, "push" | "gorse" | "watchEvents" | "runs">;
}

function readinessIn(
  { threads, troubles, faults, paths, runs, folders, nowMs }: ServingParts,
  registry: SnapshotRegistry,
  store: Store,
) {
  return readinessOf({
    registry,
    store,
    catalogue: paths.catalogue,
    backlog: () => threads.encoder().state().backlog,
    syncing: () => threads.learner.made()?.syncing(),
    runs,
    troubles: () => [...troubles.all(), ...faults.all()],
    explain: (cause) => storeTrouble(cause, paths.storePath),
    folders,
    nowMs,
  });
}
