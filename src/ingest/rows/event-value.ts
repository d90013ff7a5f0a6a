/** The value of an event: how much, or 0 to take back what lasts. */
import { signalOf, type SignalName } from "../../domain/known-signals.ts";
import { Refusal, refused } from "./refusal.ts";
import { number, type Value } from "./value.ts";

const NUMBER = number(-1e9, 1e9);

/** A number; the values of kinds are checked with the kind. */
export const SIZE: Value<number> = {
  ...NUMBER,
  read: (value, nowMs) =>
    typeof value === "boolean"
      ? refused(`expected a number, got ${value}: 0 takes a like or its kind back`)
      : NUMBER.read(value, nowMs),
};

type Valued = { readonly kind: SignalName; readonly value?: number };

/** Kinds with a range need a value in it; others take none but 1, and 0 to take the event back. */
export function fitsKind({ kind, value }: Valued): Refusal | undefined {
  const { value: range, repeats } = signalOf(kind);
  const is = value === undefined ? "nothing" : value;
  if (range.unit === "none") {
    if (value === undefined || value === 1) return undefined;
    if (repeats !== "lasts")
      return new Refusal(
        "value",
        value === 0
          ? `expected no value, since a ${kind} can't be taken back, got 0`
          : `expected no value, since a ${kind} has none, got ${is}`,
      );
    if (value === 0) return undefined;
    return new Refusal("value", `expected 1, or 0 to take the ${kind} back, got ${is}`);
  }
  if (value !== undefined && value >= range.min && value <= range.max) return undefined;
  const { min, max, unit } = range;
  return new Refusal("value", `expected a ${kind} from ${min} to ${max} (${unit}), got ${is}`);
}
