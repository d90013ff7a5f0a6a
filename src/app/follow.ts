/** Keeps a process that serves up to date: newest snapshot, readable store, and one that syncs and learns. */
import { startSchedule, type Schedule } from "../training/jobs/schedule.ts";
import type { Faults } from "../feed/faults.ts";
import type { SnapshotRegistry } from "../feed/snapshot-registry.ts";
import type { Held } from "../data/sqlite/lock.ts";
import { again } from "./worker-threads.ts";

/** How often a process looks for a newer snapshot, and whether nobody makes them any more. */
const POLL_MS = 2_000;

/** What does not work at the moment. */
export type Troubles = ReturnType<typeof openTroubles>;

/** What is kept up to date, and how. */
export type Follower = {
  readonly registry: SnapshotRegistry;
  /** Tells whether the store is another one now: whoever syncs and learns begins anew. */
  readonly lookAfterStore: () => boolean;
  readonly faults: Faults;
  /** Try to be the one who syncs and learns; says who is, if that is another process. */
  readonly take: (() => Held | undefined) | undefined;
  /** The day's work. */
  readonly update: () => Promise<void>;
  readonly syncAt: string;
  readonly troubles: Troubles;
  readonly log: (line: string) => void;
};

/** Serve the newest snapshot; the one process that can take the lock makes them, its heir when it dies. */
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
    const held = take();
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

/** What does not work at the moment, by part. */
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
