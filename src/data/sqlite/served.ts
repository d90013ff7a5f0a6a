/** The store that feeds are served from: any that can be read, and the one that lies there now. */
import { statSync } from "node:fs";
import type { MigrationProgress } from "./move-interactions.ts";
import { gone, openStore, openStoreToRead, StoreError, type Store } from "./open.ts";
import { damaged } from "./trouble.ts";

/**
 * Open the store at `path`, to write to it if that is possible.
 *
 * @param mayOnlyRead  Whether there is something to serve: then it need not be written to.
 * @param onProgress  Is told how far a store of an older build has been rewritten.
 * @throws StoreError
 */
export function openServed(
  path: string,
  mayOnlyRead: () => boolean,
  onProgress?: MigrationProgress,
): Store {
  try {
    return openStore(path, onProgress);
  } catch (cause) {
    if (!(cause instanceof StoreError) || !mayOnlyRead()) throw cause;
    try {
      return openStoreToRead(path);
    } catch {
      throw cause;
    }
  }
}

/** What is wrong with the open store, and the one to go on with where there is a better. */
export function lookAt(store: Store, path: string): { trouble?: string; next?: Store } {
  const whereabouts = store.whereabouts();
  if (whereabouts === "gone") return { trouble: gone(path) };
  if (whereabouts === "here" && !store.isReadOnly) return {};
  // An empty file is what a copy leaves that broke off; opened, it would become a new store.
  if (statSync(path, { throwIfNoEntry: false })?.size === 0)
    return { trouble: damaged(path, "it is empty") };
  try {
    return { next: openStore(path) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { trouble: `${why}; until then feeds come from what can be read` };
  }
}
