/** The store that an import fills. Where there is none, the first row to store makes it: a failed import leaves no catalogue. */
import { existsSync } from "node:fs";
import { importPathsOf, type Paths } from "../app/paths.ts";
import type { Config } from "../config/settings.ts";
import { weightsIn } from "../config/values.ts";
import { ADDED_FROM, knowSignals } from "../domain/known-signals.ts";
import { openLease, openStoreToFill, type StoreFile } from "../data/sqlite/open.ts";
import { nameOf } from "../training/jobs/protocol.ts";

/** The store that an import writes to. Close with `using`. */
export type Target = Disposable & {
  readonly paths: Paths;
  /** The store, if there is one by now. */
  readonly store: () => StoreFile | undefined;
  /** The store; made if there is none. */
  readonly filled: () => Promise<StoreFile>;
  /** True if no service uses it. */
  readonly isAlone: () => Promise<boolean>;
};

/** The target that the settings choose. */
export async function openTarget(config: Config): Promise<Target> {
  const paths = importPathsOf(config);
  let store: StoreFile | undefined;
  const filled = async () => {
    if (store !== undefined) return store;
    store = openStoreToFill(paths.storePath, weightsIn(config.SIGNALS));
    if (paths.upstream.kind === "none") await store.meta.claimFor(nameOf(paths.upstream));
    return store;
  };
  if (existsSync(paths.storePath)) await filled();
  else knowWanted(config);
  return {
    paths,
    store: () => store,
    filled,
    isAlone: async () => (await openLease(paths.leasePath).holder().catch(String)) === undefined,
    [Symbol.dispose]: () => store?.[Symbol.dispose](),
  };
}

/** Makes kinds that the setting adds known where no store is opened. */
export function knowWanted({ SIGNALS }: Config): void {
  const added = Object.entries(weightsIn(SIGNALS));
  knowSignals(added.map(([name, weight], n) => ({ code: ADDED_FROM + n, name, weight })));
}
