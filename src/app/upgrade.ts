/** Brings what an older vidrec stored up to date, before anything else is opened. */
import type { Config } from "../config/settings.ts";
import { migrateStore, openLease } from "../data/sqlite/open.ts";
import type { Console } from "./compose.ts";
import { pathsOf } from "./paths.ts";

/**
 * Migrates the configured catalogue's store if an older build made it.
 *
 * @throws StoreError if another process syncs and learns there, or the store cannot be written.
 */
export async function upgrade(
  config: Config,
  command: string,
  { progress }: Console,
): Promise<void> {
  const { storePath, leasePath } = pathsOf(config);
  const who = `vidrec ${command} (process ${process.pid})`;
  await migrateStore(storePath, openLease(leasePath), who, (...at) =>
    progress("bringing the store up to date", ...at),
  );
}
