/** Overview: whether everything is alive, with posts, people and events of the last days, and alarms in words. */
import type { SignalName } from "../../domain/known-signals.ts";
import type { StoreCounts } from "../about.ts";
import type { Readiness } from "../readiness.ts";
import type { Alarm } from "./alarms.ts";
import type { Quality } from "./quality.ts";

/** A UTC day. */
export type Day = {
  /** YYYY-MM-DD */
  readonly day: string;
  /** Posts created. */
  readonly posts: number;
  /** People who did something; `undefined` where not all of the day is counted, or not yet. */
  readonly people: number | undefined;
  readonly events: number | undefined;
};

/** A kind of event. */
export type SignalState = {
  readonly kind: SignalName;
  /** Events of the days. */
  readonly events: number;
  /** Receipt of the newest event from upstream, and from an app, Unix epoch milliseconds; 0 for none. */
  readonly syncedMs: number;
  readonly pushedMs: number;
  /** True if one more changes a canary's list; `undefined` for a kind that was not tried. */
  readonly hasEffect: boolean | undefined;
};

/** The overview. */
export type Overview = {
  /** The oldest first; the last is today, or the last day of the demo. */
  readonly days: readonly Day[];
  /** `undefined` if the store can't be read. */
  readonly counts: StoreCounts | undefined;
  readonly signals: readonly SignalState[];
  readonly readiness: Readiness;
  readonly quality: Quality | undefined;
  readonly alarms: readonly Alarm[];
};
