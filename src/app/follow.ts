/** Follows the data folder: serves its newest snapshot and its store, and syncs and learns if no other process does. */
import { startSchedule, type Schedule } from "../training/jobs/schedule.ts";
import type { Faults } from "../feed/faults.ts";
import type { SnapshotRegistry } from "../feed/snapshot-registry.ts";
import type { HeldBy } from "../data/contract.ts";
import { withNextTry } from "./worker-threads.ts";

/** Time between two polls for a newer snapshot, later posts and a free lease, milliseconds. */
const POLL_MS = 500;

/** List of the parts that do not work now, each with a message. */
export type Troubles = ReturnType<typeof openTroubles>;

/** Dependencies of {@link follow}. */
type Follower = {
  readonly registry: SnapshotRegistry;
  /** Takes up the posts and events that came since the snapshot. */
  readonly live: { readonly poll: () => Promise<unknown> };
  /** Reopens the store if its file was replaced; true if it was. The schedule starts again then. */
  readonly reopenIfReplaced: () => boolean;
  readonly faults: Faults;
  /** Tries to take the learner lease; returns its holder if that is another process. */
  readonly takeLease: (() => Promise<HeldBy | undefined>) | undefined;
  readonly learning: {
    /** The daily run, and its time of day. */
    readonly update: () => Promise<void>;
    readonly dailyAt: string;
    /** Learns in between too, until the returned function is called. */
    readonly watch: () => () => void;
  };
  readonly troubles: Troubles;
  readonly log: (line: string) => void;
};

/** Follows until the returned function is called. One process at a time holds the lease and makes snapshots; another takes over when it dies. */
export function follow(follower: Follower): () => void {
  const { registry, live, reopenIfReplaced, faults, takeLease, learning, troubles, log } = follower;
  let schedule: Schedule | undefined;
  let stopWatch = () => {};
  const stop = () => {
    stopWatch();
    schedule = void schedule?.stop();
  };
  const work = async () => {
    await learning.update();
    troubles.set("update", undefined);
  };
  let holder: string | undefined;
  let refused: readonly string[] = [];
  let isOver = false;
  const poll = async (): Promise<void> => {
    const newer = await registry.poll();
    for (const it of registry.refused()) if (!refused.includes(it)) log(it);
    refused = registry.refused();
    if (newer !== undefined) log(`serving snapshot ${newer}`);
    // The registry still serves a snapshot of the old store: the next poll drops it before posts are taken up.
    if (reopenIfReplaced()) stop();
    else await live.poll();
    await faults.check();
    if (schedule !== undefined || takeLease === undefined || isOver) return;
    const held = await takeLease();
    if (held) {
      if (holder !== held.heldBy)
        log(`${held.heldBy} syncs and learns here; this process serves, and waits for its turn`);
      holder = held.heldBy;
      return;
    }
    if (holder !== undefined) log(`${holder} is gone: this process syncs and learns from now on`);
    schedule = startSchedule(learning.dailyAt, work, (message, pauseMs) =>
      troubles.set("update", withNextTry(message, pauseMs)),
    );
    stopWatch = learning.watch();
  };
  let isPolling = false;
  const tryPoll = async (): Promise<void> => {
    if (isPolling) return;
    isPolling = true;
    try {
      await poll();
      troubles.set("files", undefined);
    } catch (cause) {
      troubles.set("files", cause instanceof Error ? cause.message : String(cause));
    } finally {
      isPolling = false;
    }
  };
  void tryPoll();
  const timer = setInterval(tryPoll, POLL_MS);
  return () => ((isOver = true), clearInterval(timer), stop());
}

/** Opens the list of what does not work. */
export function openTroubles(log: (line: string) => void) {
  const troubles = new Map<string, string>();
  return {
    all: () => [...troubles].map(([part, message]) => `${part}: ${message}`),
    set: (part: string, message: string | undefined): void => {
      if (message === undefined) return void troubles.delete(part);
      if (troubles.get(part) !== message) log(`${part}: ${message}`);
      troubles.set(part, message);
    },
  };
}
