/** Replies of `/runs`, and their words. */
import type { RunKind, RunState } from "../../../../domain/run.ts";
import type { RunLine, RunReply, RunRow as Row, RunsReply } from "../../../render-runs.ts";
import type { IconName } from "../parts/icon.tsx";

/** A run of `GET /runs`. */
export type RunRow = typeof Row.static;

/** A line of a log. */
export type Line = typeof RunLine.static;

/** Reply of `GET /runs`. */
export type Runs = typeof RunsReply.static;

/** Reply of `GET /runs/{id}`. */
export type Run = typeof RunReply.static;

/** Kinds in words. */
export const KIND_NAMES: Readonly<Record<RunKind, string>> = {
  sync: "Sync",
  learn: "Learn",
  renew: "Renewal",
  encode: "Encoding",
  evaluate: "Evaluation",
};

/** States in words, with an icon and a colour. */
export const STATES: Readonly<
  Record<RunState, { readonly words: string; readonly icon: IconName; readonly style: string }>
> = {
  waiting: { words: "waits", icon: "clock", style: "" },
  running: { words: "running", icon: "runs", style: "" },
  done: { words: "done", icon: "check", style: "good" },
  nothing_new: { words: "nothing new", icon: "less", style: "" },
  failed: { words: "failed", icon: "cross", style: "bad" },
  interrupted: { words: "interrupted", icon: "alert", style: "warn" },
};

/** True while a run waits or is under way. */
export const isOpen = ({ ended_at }: Pick<RunRow, "ended_at">): boolean => ended_at === null;

/** Seconds that a run took, or has taken so far; `undefined` for one that waits. */
export function secondsOf({ started_at, ended_at }: RunRow, nowMs: number): number | undefined {
  if (started_at === null) return undefined;
  const endMs = ended_at === null ? nowMs : Date.parse(ended_at);
  return Math.max(0, (endMs - Date.parse(started_at)) / 1_000);
}

/** A duration with a digit that tells something. */
export const took = (seconds: number): string => {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
};

const DAY_AND_TIME = {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
} as const;

/** Start of a run, or the time it was asked for, in UTC. */
export function when({ started_at, asked_at }: RunRow): string {
  const at = started_at ?? asked_at;
  if (at === null) return "–";
  return new Date(at).toLocaleString("en-GB", { ...DAY_AND_TIME, timeZone: "UTC" });
}
