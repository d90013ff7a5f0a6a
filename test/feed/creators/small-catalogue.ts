/** A small catalogue that is served anew for each test, and the reader of its creators. */
import { afterEach, beforeEach } from "bun:test";
import { creatorsReader } from "../../../src/feed/creators/reader.ts";
import { dailyTally } from "../../../src/feed/overview/daily.ts";
import { openWorld } from "../../support/feeds.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { AS_OF_MS } from "../../support/model.ts";
import { type PostSketch } from "../../support/sketch.ts";
import { show, type ShownPage } from "../../support/shown.ts";

const HOUR_MS = 3_600_000;

/** Serves the posts 101, 102, … as of {@link AS_OF_MS}. */
export function smallCatalogue(posts: readonly PostSketch[]) {
  let folder: ReturnType<typeof temporaryFolder>;
  let world: ReturnType<typeof openWorld>;
  let served: ReturnType<typeof world.serve>;
  beforeEach(async () => {
    folder = temporaryFolder();
    world = openWorld(folder.path, posts);
    await world.fill();
    world.learn();
    served = world.serve();
  });
  afterEach(() => (world[Symbol.dispose](), folder[Symbol.dispose]()));
  return {
    world: () => world,
    servedLog: () => served.servedLog,
    /** Logs a page, shown an hour ago. */
    shown: (user: string, some: readonly number[], over: Partial<ShownPage> = {}) =>
      show(served.servedLog, { user, atMs: AS_OF_MS - HOUR_MS, posts: some, ...over }),
    reader: (over = {}) =>
      creatorsReader({
        ...{ registry: served.registry, store: world.store, servedLog: () => served.servedLog },
        ...{ tally: dailyTally(world.store.events), isDemo: false, nowMs: () => AS_OF_MS },
        exploration: { share: 0.05, impressions: 20, days: 7 },
        ...over,
      }),
  };
}
