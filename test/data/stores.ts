/** Every implementation of the ports, for tests that each has to pass. */
import { describe, test } from "bun:test";
import { join } from "node:path";
import { writerThread } from "../../src/app/worker-threads.ts";
import type { Store } from "../../src/data/contract.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { openWriter } from "../../src/data/writer/client.ts";
import { temporaryFolder } from "../support/folder.ts";

type Work = (store: Store) => Promise<void>;

/** An implementation: runs a test on an empty store. */
const IMPLEMENTATIONS: Record<string, (work: Work) => Promise<void>> = {
  "SQLite on disk": async (work) => {
    using folder = temporaryFolder();
    using store = openStore(join(folder.path, "store.db"));
    await work(store);
  },
  "SQLite on disk, changes through the writer": async (work) => {
    using folder = temporaryFolder();
    const storePath = join(folder.path, "store.db");
    using store = openStore(storePath);
    const { write, close } = openWriter({ spawn: writerThread, storePath, onEnd: console.error });
    const changeAll: Store["changeAll"] = (writes) =>
      Promise.allSettled(writes.map((it) => write(it.change, ...it.args)));
    await work({ ...store, changeAll }).finally(close);
  },
  "SQLite in memory": async (work) => {
    using store = openStore(":memory:");
    await work(store);
  },
};

/** Declares tests over every implementation; `on` declares one, of an empty store. */
export function overEveryStore(declare: (on: (what: string, work: Work) => void) => void): void {
  describe.each(Object.keys(IMPLEMENTATIONS))("%s", (name) =>
    declare((what, work) => test(what, () => IMPLEMENTATIONS[name]!(work))),
  );
}
