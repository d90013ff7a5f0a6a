/** Numbers, ages, shares and events in words. */
import { SIGNALS } from "../../../../domain/signals.ts";
import type { Signal } from "../../../../domain/signal.ts";

/** A count with separators. */
export const count = (n: number): string => n.toLocaleString("en-GB");

/** A share as a percentage. */
export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

/** A span of time, rounded to its largest unit. */
export function span(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** Milliseconds with two digits that tell something. */
export const ms = (value: number): string =>
  `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

const AUDIENCES: Readonly<Record<string, string>> = {
  cold: "no history",
  cool: "short history",
  warm: "long history",
};

/** An audience of `meta.audience` in words; "…" until it is there. */
export const audience = (name: string | undefined): string =>
  name === undefined ? "…" : (AUDIENCES[name] ?? name);

const signals: Readonly<Record<string, Signal>> = SIGNALS;

/** Fields of an event that {@link eventWords} puts in words. */
export type EventFacts = {
  readonly kind?: string;
  readonly value?: number;
  readonly watched_ms?: number;
  readonly duration_ms?: number;
};

/** An event in words: "rating 45 of 100", "view 9 s of 20 s", "like taken back". */
export function eventWords({
  kind = "?",
  value,
  watched_ms: watched,
  duration_ms: whole,
}: EventFacts) {
  const seconds = (ms: number) => span(ms / 1_000);
  const range = signals[kind]?.value;
  const said = [
    value !== undefined && (range && "max" in range ? `${value} of ${range.max}` : "taken back"),
    watched !== undefined && seconds(watched) + (whole === undefined ? "" : ` of ${seconds(whole)}`), // prettier-ignore
  ];
  return [kind, ...said.filter((it) => it !== false)].join(" ");
}
