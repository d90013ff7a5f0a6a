/** Apps for tests: each test has a folder and an upstream of its own, and all apps end after it. */
import { afterAll, afterEach, beforeAll, beforeEach, setDefaultTimeout } from "bun:test";
import { join } from "node:path";
import { openApp, type App } from "../../src/app/compose.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { plainDataset } from "../support/dataset.ts";
import { ask } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { fedBy, until } from "../support/program.ts";
import { serveSocialverse, type ServedStandIn } from "../support/socialverse.ts";
import { writeTinyModel } from "../text/tiny-model.ts";

/** The log line of a snapshot with vectors of all posts. */
export const LEARNT_TEXTS = /learnt snapshot .* 25 of them understood by their text/;

/** One user's feed. */
export const feedOf = ({ service }: App, mood?: string) =>
  ask(service.feed, { username: "user7", mood, pageSize: 25 });

/** {@link feedOf} by words, asked for again while the encoder is late. */
export const feedByWords = (app: App, words: string) =>
  until(async () => {
    const page = await feedOf(app, words);
    return page.fallback.includes("mood_not_encoded") ? undefined : page;
  });

/** Waits until the app does nothing of its own accord. */
export const isQuiet = ({ service }: App) =>
  until(async () => (await service.readiness()).learning.runningSince === null || undefined);

/** Sets up a test file: what it returns is new for each of its tests. */
export function appsOfEachTest() {
  setDefaultTimeout(300_000); // no test is to fail because a machine is slow
  const models = temporaryFolder();
  /** Two encoders of one width with different vectors. */
  const encoders = { first: "", second: "" };
  let folder: ReturnType<typeof temporaryFolder>;
  let upstream: ServedStandIn;
  const stops: (() => unknown)[] = [];
  let workers: { readonly name: string; readonly worker: Worker }[] = [];
  const RealWorker = globalThis.Worker;
  const stopAll = async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  beforeAll(async () => {
    encoders.first = await writeTinyModel(join(models.path, "first/tiny"), 8);
    encoders.second = await writeTinyModel(join(models.path, "second/tiny"), 8, 5);
  });
  afterAll(() => models[Symbol.dispose]());
  beforeEach(() => {
    folder = temporaryFolder();
    upstream = serveSocialverse({ data: plainDataset({ users: 15, posts: 25 }) });
    globalThis.Worker = class extends RealWorker {
      constructor(...[url, options]: ConstructorParameters<typeof RealWorker>) {
        super(url, options);
        workers.push({ name: String(url), worker: this });
      }
    };
  });
  afterEach(async () => {
    await stopAll();
    workers = [];
    globalThis.Worker = RealWorker;
    upstream[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  /** An app on the test's folder; `lines` is its log. */
  function open(settings: Record<string, string> = {}) {
    const lines: string[] = [];
    const config = parseConfig({
      ...fedBy(upstream),
      DATA_DIR: folder.path,
      ENCODER_MODEL: encoders.first,
      ENCODER_THREADS: "1",
      ...settings,
    });
    const app = openApp(config, "1.2.3", { log: (it) => void lines.push(it), progress: () => {} });
    stops.push(app[Symbol.asyncDispose]);
    return { app, lines };
  }

  /** An app that syncs and learns; `said` waits for a log line. */
  function run(settings: Record<string, string> = {}) {
    const it = open(settings);
    stops.push(it.app.keepUpToDate("vidrec serve"));
    const said = (words: RegExp) => until(async () => it.lines.find((line) => words.test(line)));
    return { ...it, said };
  }

  return {
    encoders,
    open,
    run,
    stopAll,
    /** Stops the first app that was run. */
    stopFirst: async () => {
      for (const stop of stops.splice(0, 2).toReversed()) await stop();
    },
    endThread: (part: string) =>
      workers.findLast(({ name }) => name.includes(`${part}/worker`))!.worker.terminate(),
    folder: () => folder.path,
    upstream: () => upstream,
  };
}
