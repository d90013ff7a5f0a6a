/** The served log of a process: opened when it is first needed, in memory until its file can be used. */
import type { Config } from "../config/settings.ts";
import type { StoreMark } from "../domain/event.ts";
import type { ServedLog } from "../data/served-log.ts";
import { openServedLog } from "../data/sqlite/open.ts";
import { storeTrouble } from "../data/trouble.ts";
import { WriterError } from "../data/writer/client.ts";

/** Time between two attempts to use a file that could not be used, milliseconds: opening one may wait for a lock. */
const RETRY_MS = 5_000;

/** Opens the log of a store's posts. */
export function servedLogOf(
  path: string,
  store: StoreMark | undefined,
  { SERVED_DAYS: days, SERVED_MAX_MB: megabytes }: Config,
  checkpoint: (path: string) => void,
  onTrouble: (part: string, message: string | undefined) => void,
) {
  let log: ServedLog | undefined;
  /** Log in memory that stands in for a file which can't be used. */
  let standIn: ServedLog | undefined;
  let triedAtMs = 0;
  const onFault = (cause: unknown) =>
    onTrouble("served log", cause === undefined ? undefined : storeTrouble(cause, path));

  function open(): ServedLog {
    triedAtMs = performance.now();
    try {
      const kept = { days, megabytes };
      const options = { store: store?.identity, kept, checkpoint: () => checkpoint(path), onFault };
      const opened = openServedLog(path, options);
      standIn = undefined; // it closes when it is garbage: requests may still read from it
      onFault(undefined);
      return opened;
    } catch (cause) {
      onTrouble("served log", cause instanceof Error ? cause.message : String(cause));
      return (standIn ??= unerasable(openServedLog(":memory:")));
    }
  }

  return {
    log: () => (log ??= open()),
    /** Tries again a file that could not be used; true if it can be now, so that what was read from the stand-in is void. */
    reopen: (): boolean => {
      if (standIn === undefined || performance.now() - triedAtMs < RETRY_MS) return false;
      return (log = open()) !== standIn;
    },
    close: () => log?.close(),
  };
}

/** A log in place of one that can't be used, in which pages of an erased user would stay. */
function unerasable(log: ServedLog): ServedLog {
  return {
    ...log,
    eraseUser: async (...args) => {
      await log.eraseUser(...args);
      throw new WriterError(
        "the log of what was shown cannot be used, so nobody is erased from it",
      );
    },
  };
}
