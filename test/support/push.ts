/** The service of pushed rows over a store in memory, without a writer thread. */
import type { ChangeName, Changes } from "../../src/data/changes.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
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

/** The service by which apps push into `store`. */
export function pushInto(store = openStore(":memory:"), nowMs = Date.now) {
  return openPush({ store: () => store, writer: () => writerOn(store), nowMs });
}

/** Gorse's words for `store`. */
export function gorseInto(store = openStore(":memory:"), nowMs = Date.now) {
  return openGorse({ store: () => store, writer: () => writerOn(store), nowMs });
}
