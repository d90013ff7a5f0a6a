/** Event watcher: follows the log, whoever writes to it, and the events that this process did not store. */
import type { Store } from "../../data/contract.ts";
import type { HeldEvent } from "../../data/log-entries.ts";
import type { Push } from "../../ingest/push/push.ts";
import type { Unstored } from "../../ingest/push/unstored.ts";

/** An event that was not stored, and the process that did not store it. */
type NotStored = { readonly unstored: Unstored; readonly process: string };
/** Number of events of the log that came faster than they were read. */
type Skipped = { readonly skipped: number };

/** Something that a watcher sees, and the position to go on from after it. */
export type StreamedEvent = { readonly position: string } & (
  { readonly stored: HeldEvent } | NotStored | Skipped
);

/** Stored events that a new watcher sees. */
const RECENT = 100;
/** Stored events of one read. */
const SLICE = 100;
/** Events of the log that a watcher may lag behind by; one who lags more sees the newest only. */
const BEHIND_MAX = 1_000;
/** Time between two looks at the log, milliseconds: others write to it too. */
const POLL_MS = 200;

type WatchDeps = {
  readonly store: () => Pick<Store, "events">;
  readonly unstored: Push["unstored"];
  /** Name of this process, unlike any other's; without a dash. */
  readonly process: string;
};

/** Opens watchers. Nothing is done while there are none. */
export function eventWatcher({ store, unstored, process }: WatchDeps) {
  /**
   * Events after a position, for as long as it is asked for.
   *
   * @param position  Of the last one that was seen; `undefined`: the newest ones come first.
   */
  return async function* watch(
    position: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<StreamedEvent> {
    let { seq, n } = positionIn(position, process) ?? { seq: Infinity, n: 0 };
    let notStored: Unstored[] = [];
    const at = () => `${seq}-${process}-${n}`;
    /** Events that were not stored, and came before a time. */
    function* notStoredBefore(ms: number): Generator<StreamedEvent> {
      while (notStored[0] !== undefined && notStored[0].atMs < ms) {
        const unstored = notStored.shift()!;
        n = unstored.n;
        yield { position: at(), unstored, process };
      }
    }
    for (; !signal.aborted; await Bun.sleep(POLL_MS)) {
      const { events } = store(); // another one, if the file was replaced
      const last = await events.lastSeq();
      const newest = Math.max(last - RECENT, 0);
      const skipped = last - seq > BEHIND_MAX ? newest - seq : 0;
      if (skipped > 0 || seq > last) seq = newest;
      if (skipped > 0) yield { position: at(), skipped };
      notStored = [...unstored.after(n, await events.lastErasure())];
      while (seq < last && !signal.aborted) {
        const slice = await events.every(seq, SLICE);
        for (const stored of slice) {
          yield* notStoredBefore(stored.receivedAtMs);
          seq = stored.seq;
          yield { position: at(), stored };
        }
        if (slice.length < SLICE) seq = Math.max(seq, last); // the rest is about no post
      }
      yield* notStoredBefore(Infinity);
    }
  };
}

/** The position that a watcher names; of another process's ring it has seen nothing here. */
function positionIn(text = "", process: string) {
  const [, seq, whose, n] = /^(\d{1,15})-(\w+)-(\d{1,15})$/.exec(text) ?? [];
  if (seq === undefined) return undefined;
  return { seq: Number(seq), n: whose === process ? Number(n) : 0 };
}
