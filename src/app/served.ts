/** The served log of a process: opened when it is first needed, in memory while its file can't be used. */
import type { Config } from "../config/settings.ts";
import type { StoreMark } from "../domain/event.ts";
import type { ServedLog } from "../data/served-log.ts";
import { openServedLog } from "../data/sqlite/open.ts";
import { storeTrouble } from "../data/trouble.ts";

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
      return openServedLog(":memory:");
    }
  }

  return {
    log: () => (log ??= open()),
    close: () => log?.close(),
  };
}
