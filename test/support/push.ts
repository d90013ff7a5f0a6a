/** The service of pushed rows over a store in memory, without a writer thread. */
import type { Changed, ChangeName, Changes, Write } from "../../src/data/changes.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { openGorse } from "../../src/ingest/gorse/gorse.ts";
import { openPush } from "../../src/ingest/push/push.ts";

/** Makes changes of a store in this thread. */
export function writerOn(store: StoreFile) {
  return {
    write: async <N extends ChangeName>(change: N, ...args: Parameters<Changes[N]>) => {
      const [done] = await store.changeAll([{ change, args } as Write]);
      if (done!.status === "rejected") throw done!.reason;
      return done!.value as Changed<N>;
    },
  };
}

/** What apps can push into `store`. */
export function pushInto(store = openStore(":memory:"), nowMs = Date.now) {
  return openPush({ store: () => store, writer: () => writerOn(store), nowMs });
}

/** Gorse's words for `store`. */
export function gorseInto(store = openStore(":memory:"), nowMs = Date.now) {
  return openGorse({ store: () => store, writer: () => writerOn(store), nowMs });
}
