/** Checks of `vidrec doctor` and their findings. */
import type { Paths } from "../../app/paths.ts";
import type { Config } from "../../config/settings.ts";

/** A line of the report. */
export type Finding = {
  readonly verdict: "ok" | "warn" | "fail";
  /** The part that was checked. */
  readonly part: string;
  /** The finding; unless it is `ok`, also what to do. Contains no secret. */
  readonly message: string;
};

/** Inputs of a check. */
export type CheckInputs = {
  readonly config: Config;
  readonly paths: Paths;
  /** The wall clock, Unix epoch milliseconds. */
  readonly nowMs: number;
};

/** Checks one part of the service and changes nothing. An exception is a failure of that part. */
export type Check = {
  readonly part: string;
  readonly run: (inputs: CheckInputs) => Promise<readonly Finding[]>;
};

type Finder = (part: string, message: string) => Finding;

/** A part in order. */
export const ok: Finder = (part, message) => ({ verdict: "ok", part, message });
/** A part that works, but needs attention. */
export const warn: Finder = (part, message) => ({ verdict: "warn", part, message });
/** A part that does not work. */
export const fail: Finder = (part, message) => ({ verdict: "fail", part, message });

/** A duration in words, such as "3 days"; "minus 3 days" for a time in the future. */
export function age(ms: number): string {
  if (ms < 0) return `minus ${age(-ms)}`;
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ] as const;
  for (const [unit, unitMs] of units) {
    const n = Math.floor(ms / unitMs);
    if (n >= 1) return `${n} ${unit}${n === 1 ? "" : "s"}`;
  }
  return "less than a minute";
}
