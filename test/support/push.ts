/** The service of pushed rows over a store in memory, without a writer thread. */
import type { ChangeName, Changes } from "../../src/data/changes.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import type { Adjusting } from "../../src/feed/adjusting/operator.ts";
import { openAdjusting } from "../../src/feed/adjusting/adjusting.ts";
import { openGorse } from "../../src/ingest/gorse/gorse.ts";
import { openPush } from "../../src/ingest/push/push.ts";
import { change } from "./changes.ts";

/** Makes changes of a store in this thread. */
export function writerOn(store: StoreFile) {
  return {
    write: <N extends ChangeName>(name: N, ...args: Parameters<Changes[N]>) =>
      change(store, name, ...args),
  };
}

/** What apps can push into `store`. */
export function pushInto(store = openStore(":memory:"), nowMs = Date.now) {
  return openPush({ store: () => store, writer: () => writerOn(store), nowMs });
}

/** What an operator can adjust in `store`, of a snapshot with one term; previews rank for nobody. */
export function adjustingInto(store = openStore(":memory:"), nowMs = Date.now): Adjusting {
  const adjusting = openAdjusting({
    meta: store.meta,
    writer: () => writerOn(store),
    clockMs: nowMs,
  });
  const popular = {
    name: "popular",
    about: "weight of the reason “many like it”",
    fitted: [{ posts: 0, value: 0.8 }],
  };
  return {
    ...adjusting,
    adjustables: () => [popular],
    preview: async () => undefined,
    list: async () => undefined,
  };
}

/** Gorse's words for `store`. */
export function gorseInto(store = openStore(":memory:"), nowMs = Date.now) {
  return openGorse({ store: () => store, writer: () => writerOn(store), nowMs });
}
