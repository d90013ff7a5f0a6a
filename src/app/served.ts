/** The served log of a process: opened when it is first needed, in memory while its file can't be used. */
import type { Config } from "../config/settings.ts";
import type { StoreMark } from "../domain/event.ts";
import type { ServedLog } from "../data/served-log.ts";
import { openServedLog } from "../data/sqlite/open.ts";
import { storeTrouble } from "../data/trouble.ts";
import { WriterError } from "../data/writer/client.ts";

/** Opens the log of a store's posts. */
export function servedLogOf(
  path: string,
  store: StoreMark | undefined,
  { SERVED_DAYS: days, SERVED_MAX_MB: megabytes }: Config,
  checkpoint: (path: string) => void,
  onTrouble: (part: string, message: string | undefined) => void,
) {
  let log: ServedLog | undefined;
  const onFault = (cause: unknown) =>
    onTrouble("served log", cause === undefined ? undefined : storeTrouble(cause, path));

  function open(): ServedLog {
    try {
      const kept = { days, megabytes };
      const options = { store: store?.identity, kept, checkpoint: () => checkpoint(path), onFault };
      return openServedLog(path, options);
    } catch (cause) {
      onTrouble("served log", cause instanceof Error ? cause.message : String(cause));
      return unerasable(openServedLog(":memory:"));
    }
  }

  return {
    log: () => (log ??= open()),
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
