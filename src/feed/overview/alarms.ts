/** Alarms of the overview: what an operator should look at, in words. */
import { DAY_MS } from "../../domain/day.ts";
import { signalOf, type SignalName } from "../../domain/known-signals.ts";
import type { Readiness } from "../readiness.ts";
import type { Quality } from "./quality.ts";

/** An alarm. */
export type Alarm = {
  readonly kind:
    | "degraded"
    | "signal_stopped"
    | "signal_without_effect"
    | "quality_fell"
    | "snapshot_missing"
    | "snapshot_stale";
  readonly words: string;
};

/** Effects by the name of a signal: true if one more event of it changes a canary's list. */
export type Effects = ReadonlyMap<SignalName, boolean>;

/** Facts that alarms are raised from. Days are since the epoch. */
export type Facts = {
  readonly today: number;
  readonly readiness: Readiness;
  /** Events by day, of each kind that came. */
  readonly kinds: ReadonlyMap<SignalName, ReadonlyMap<number, number>>;
  /** Receipt of the newest event, Unix epoch milliseconds. */
  readonly newestMs: number;
  readonly effects: Effects | undefined;
  readonly quality: Quality | undefined;
};

/** Days without an event after which a kind has stopped: a daily sync brings yesterday's, and may be late. */
const QUIET_DAYS = 3;
/** Last days of a kind that are looked at: each weekday twice. */
const RECENT_DAYS = 14;
/** Of these, days with an event from which on a kind is regular: it may pause on weekends. */
const REGULAR_DAYS = 10;
/** Age from which a snapshot is stale if events have come since: two daily runs were missed. */
const STALE_SECONDS = 2 * 86_400;

/** The alarms, the most urgent ones first. */
export function alarmsOf(facts: Facts): readonly Alarm[] {
  return [
    ...facts.readiness.degraded.map((words): Alarm => ({ kind: "degraded", words })),
    ...snapshotAlarms(facts),
    ...stoppedSignals(facts),
    ...withoutEffect(facts),
    ...qualityFell(facts),
  ];
}

function snapshotAlarms({ readiness, newestMs }: Facts): Alarm[] {
  const { snapshot, learning, waitsFor } = readiness;
  if (snapshot === undefined)
    return [{ kind: "snapshot_missing", words: waitsFor ?? "There is no snapshot yet: the first one is being made." }]; // prettier-ignore
  if (snapshot.ageSeconds < STALE_SECONDS || !(newestMs > Date.parse(learning.last ?? "")))
    return [];
  const days = Math.floor(snapshot.ageSeconds / 86_400);
  const words = `The snapshot is ${days} days old, and events have come since: POST /learn makes a new one; if it does not, the log of the process that learns says why.`;
  return [{ kind: "snapshot_stale", words }];
}

/** The demo's events end on a fixed day, which is no fault. */
function stoppedSignals({ today, kinds, readiness }: Facts): Alarm[] {
  const regular = [...kinds].filter(([, byDay]) => daysOf(byDay) >= REGULAR_DAYS);
  const stopped = regular.filter(([, byDay]) => lastOf(byDay) <= today - QUIET_DAYS);
  if (readiness.demo) return [];
  if (stopped.length > 1 && stopped.length === regular.length) {
    const last = Math.max(...stopped.map(([, byDay]) => lastOf(byDay)));
    const words = `Nothing has come regularly since ${dayOf(last)}: check what sends events, or the sync.`;
    return [{ kind: "signal_stopped", words }];
  }
  return stopped.map(([kind, byDay]) => ({
    kind: "signal_stopped",
    words: `No ${kind} has come since ${dayOf(lastOf(byDay))}; before, there were some on ${daysOf(byDay)} of ${RECENT_DAYS} days. Check what sends them.`,
  }));
}

const dayOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const lastOf = (byDay: ReadonlyMap<number, number>) => Math.max(...byDay.keys());

/** Days with an event, of the last ones up to the newest event. */
function daysOf(byDay: ReadonlyMap<number, number>): number {
  const last = lastOf(byDay);
  return byDay.keys().reduce((sum, day) => sum + Number(day > last - RECENT_DAYS), 0);
}

function withoutEffect({ effects }: Facts): Alarm[] {
  const all = [...(effects ?? [])];
  const idle = all.filter(([, has]) => !has).map(([kind]) => kind);
  if (idle.length > 0 && idle.length === all.length)
    return [{ kind: "signal_without_effect", words: NOTHING_COUNTS }];
  return idle.map((kind) => ({
    kind: "signal_without_effect",
    words: `One more ${kind} does not change what a made-up person is shown${signalOf(kind).strength.weight === 0 ? ": SIGNALS gives it the weight 0" : ""}.`,
  }));
}

const NOTHING_COUNTS =
  "Nothing that people do changes what a made-up person is shown: too little has been learnt yet. Send events, then POST /learn.";

function qualityFell({ quality }: Facts): Alarm[] {
  const [now, before] = [quality?.blend, quality?.before];
  if (now === undefined || before === undefined || now.nDcg >= before.low) return [];
  const words = `The blend's nDCG@20 on held-out events fell from ${before.nDcg.toFixed(3)} (at least ${before.low.toFixed(3)}) of the snapshot before to ${now.nDcg.toFixed(3)}: compare the two, and look for events that are missing or doubled.`;
  return [{ kind: "quality_fell", words }];
}
