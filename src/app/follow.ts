/** Follows the data folder: serves its newest snapshot and its store, and syncs and learns if no other process does. */
import { startSchedule, type Schedule } from "../training/jobs/schedule.ts";
import type { Faults } from "../feed/faults.ts";
import type { SnapshotRegistry } from "../feed/snapshot-registry.ts";
import type { HeldBy } from "../data/contract.ts";
import { again } from "./worker-threads.ts";

/** How often a process polls for a newer snapshot and tries to take over a free learner lock. */
const POLL_MS = 2_000;

/** What does not work now, by part. */
export type Troubles = ReturnType<typeof openTroubles>;

/** Dependencies of {@link follow}. */
type Follower = {
  readonly registry: SnapshotRegistry;
  /** Whether the store file was replaced: the schedule starts again then. */
  readonly lookAfterStore: () => boolean;
  readonly faults: Faults;
  /** Tries to take the learner lease; returns its holder if that is another process. */
  readonly take: (() => Promise<HeldBy | undefined>) | undefined;
  /** The daily cycle. */
  readonly update: () => Promise<void>;
  readonly syncAt: string;
  readonly troubles: Troubles;
  readonly log: (line: string) => void;
};

/** Follow until the returned function is called. One process at a time holds the lock and makes snapshots; another takes over when it dies. */
export function follow(follower: Follower): () => void {
  const { registry, lookAfterStore, faults, take, update, syncAt, troubles, log } = follower;
  let schedule: Schedule | undefined;
  const work = async () => {
    await update();
    troubles.set("update", undefined);
  };
  let holder: string | undefined;
  let isOver = false;
  const look = async (): Promise<void> => {
    const newer = await registry.poll();
    if (newer !== undefined) log(`serving snapshot ${newer}`);
    if (lookAfterStore()) schedule = void schedule?.stop();
    await faults.check();
    if (schedule !== undefined || take === undefined || isOver) return;
    const held = await take();
    if (held) {
      if (holder !== held.heldBy)
        log(`${held.heldBy} syncs and learns here; this process serves, and waits for its turn`);
      holder = held.heldBy;
      return;
    }
    if (holder !== undefined) log(`${holder} is gone: this process syncs and learns from now on`);
    schedule = startSchedule(syncAt, work, (message, pauseMs) =>
      troubles.set("update", again(message, pauseMs)),
    );
  };
  const lookAgain = async (): Promise<void> => {
    try {
      await look();
      troubles.set("files", undefined);
    } catch (cause) {
      troubles.set("files", cause instanceof Error ? cause.message : String(cause));
    }
  };
  void lookAgain();
  const timer = setInterval(lookAgain, POLL_MS);
  return () => ((isOver = true), clearInterval(timer), schedule?.stop());
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
