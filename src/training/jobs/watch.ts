/** Watches a store between two daily runs: encodes what arrives, and learns when enough has. */
import { pauseAfter } from "../../runtime/supervised-worker.ts";
import { growthSince, type Extent, type Learnt } from "./growth.ts";

/** State of a store, as a watch reads it. */
export type Watched = Extent & {
  /** Id of the run that somebody has asked for and that waits; `undefined` without one. */
  readonly askedRun: number | undefined;
  readonly hasNewTexts: boolean;
};

/** Dependencies of {@link storeWatch}. */
export type WatchDeps = {
  /** `undefined` while the store can't be read. */
  readonly state: () => Promise<Watched | undefined>;
  readonly posts: () => Promise<number>;
  /** Extent of the store that the newest snapshot was learnt from; `undefined` without one. */
  readonly learnt: () => Learnt | undefined;
  /** True while a run is under way. */
  readonly isRunning: () => boolean;
  /** A run: encodes, then learns. */
  readonly run: () => Promise<void>;
  /** Learns with the vectors there are and the shipped blend. */
  readonly learnQuickly: () => Promise<void>;
  /** Gives new texts vectors. */
  readonly encode: () => Promise<void>;
  /** Puts new vectors to use. */
  readonly renew: () => Promise<void>;
  readonly percent: number;
  readonly pauseMs: number;
  /** Reports a failure; `undefined` clears it. */
  readonly onTrouble: (message: string | undefined) => void;
  readonly nowMs: () => number;
};

/** A first run waits until nothing was written for so long, milliseconds … */
const QUIET_MS = 1_000;
/** … but not longer than this. */
const WAIT_MS = 10_000;
/** Largest share of the time that goes into snapshots with new vectors. */
const BUSY_SHARE = 0.05;

/** A watch; call `tick` twice a second. */
export type Watch = {
  readonly tick: () => Promise<void>;
  /** Due time of the next run, milliseconds; `undefined` if there is nothing that asks for one. */
  readonly dueAtMs: () => number | undefined;
};

/** Opens a watch of a store, as it is from now on. */
export function storeWatch(deps: WatchDeps): Watch {
  const { nowMs } = deps;
  const settling = settlement(nowMs);
  const encode = encoding(deps);
  /** The state at the last try to learn: the same one is not tried again, unless that failed. */
  let lastTriedExtent: Extent | undefined;
  /** The state in which the last run found nothing to learn, such as impressions alone. */
  let emptyExtent: Extent | undefined;
  let [endedAtMs, againAtMs, failures] = [-Infinity, -Infinity, 0];
  /** The request that the last run answers, even where its record could not be written. */
  let answeredRun: number | undefined;
  /** True after a failure, until a run has worked. */
  let needsRetry = false;
  let dueAtMs: number | undefined;
  /** Time of the hasty snapshot that the last run was to improve. */
  let improvedAtMs: number | undefined;

  const failed = (cause: unknown) => {
    [lastTriedExtent, needsRetry, againAtMs] = [undefined, true, nowMs() + pauseAfter(++failures)];
    dueAtMs = againAtMs;
    deps.onTrouble(cause instanceof Error ? cause.message : String(cause));
  };
  const worked = () => ((failures = 0), deps.onTrouble(undefined));

  /** True if a run is asked for, owed or due; makes a hasty snapshot first where that can't wait. */
  async function wantsRun(now: Watched): Promise<boolean> {
    const learnt = laterOf(deps.learnt(), emptyExtent);
    const isNew = lastTriedExtent === undefined || !isSame(now, lastTriedExtent);
    const growth = isNew ? await growthSince(learnt, now, deps.percent, deps.posts) : undefined;
    const isUrgent = growth === "first" || growth === "full";
    if (isUrgent && settling.isSettled()) {
      lastTriedExtent = now;
      settling.start();
      await deps.learnQuickly();
      return true;
    }
    const learntAtMs = Math.min(learnt?.atMs ?? 0, nowMs());
    if (growth === undefined) dueAtMs = undefined;
    else dueAtMs = isUrgent ? nowMs() : Math.max(endedAtMs, learntAtMs) + deps.pauseMs;
    if (needsRetry || (now.askedRun ?? answeredRun) !== answeredRun) return true;
    if (learnt?.isQuick && learnt.atMs !== improvedAtMs) return true;
    return dueAtMs !== undefined && !isUrgent && nowMs() >= dueAtMs;
  }

  async function learn(now: Watched): Promise<void> {
    if (nowMs() < againAtMs || !(await wantsRun(now)) || deps.isRunning()) return;
    const beforeMs = deps.learnt()?.atMs;
    [lastTriedExtent, needsRetry, improvedAtMs] = [now, false, beforeMs];
    answeredRun = now.askedRun ?? answeredRun;
    dueAtMs = undefined;
    settling.start();
    const ended = () => void (endedAtMs = nowMs());
    const workedOn = () => {
      worked();
      if (deps.learnt()?.atMs === beforeMs) emptyExtent = now;
    };
    void deps.run().then(workedOn, failed).finally(ended);
  }

  async function look(): Promise<void> {
    const now = await deps.state();
    if (now === undefined) return;
    settling.look(now);
    await learn(now);
    if (nowMs() >= againAtMs && !deps.isRunning()) void encode(now).catch(failed);
  }

  return { dueAtMs: () => dueAtMs, tick: unlessBusy(() => look().catch(failed)) };
}

/** Work that is left out while it is under way. */
function unlessBusy<Args extends unknown[]>(work: (...args: Args) => Promise<void>) {
  let isBusy = false;
  return async (...args: Args): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    await work(...args).finally(() => (isBusy = false));
  };
}

/** Extent of what was learnt, and the extent in which there was nothing more to learn. */
function laterOf(learnt: Learnt | undefined, empty: Extent = { seq: 0, changes: 0 }) {
  if (learnt === undefined) return undefined;
  const [seq, changes] = [Math.max(learnt.seq, empty.seq), Math.max(learnt.changes, empty.changes)];
  return { ...learnt, seq, changes };
}

/** Tells when writes have come to a rest, or have been waited for long enough. */
function settlement(nowMs: () => number) {
  let seen: Extent | undefined;
  let [changedAtMs, sinceMs] = [-Infinity, Infinity];
  return {
    look: (now: Extent): void => {
      if (seen !== undefined && isSame(now, seen)) return;
      changedAtMs = nowMs();
      if (seen !== undefined) sinceMs = Math.min(sinceMs, changedAtMs);
      seen = now;
    },
    isSettled: () => nowMs() - changedAtMs >= QUIET_MS || nowMs() - sinceMs >= WAIT_MS,
    start: () => void (sinceMs = Infinity),
  };
}

/** Gives new texts vectors, one pass at a time, and puts the vectors to use. */
function encoding({ encode, renew, nowMs }: WatchDeps): (now: Watched) => Promise<void> {
  let [isRenewable, renewAtMs] = [false, -Infinity];
  return unlessBusy(async ({ hasNewTexts }: Watched) => {
    if (hasNewTexts) await encode();
    isRenewable ||= hasNewTexts;
    if (!isRenewable || nowMs() < renewAtMs) return;
    isRenewable = false;
    const startMs = nowMs();
    await renew();
    renewAtMs = nowMs() + (nowMs() - startMs) / BUSY_SHARE;
  });
}

const isSame = (a: Extent, b: Extent) => a.seq === b.seq && a.changes === b.changes;
