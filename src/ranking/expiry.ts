/** Expiry: the posts of a catalogue whose time is over. */
import { remembered } from "../models/contract.ts";
import type { Model } from "../snapshot/model.ts";

/** True for a post that may not be shown any more; 0 stands for one that never expires. */
export function isExpired({ expiresAtMs }: Model, row: number, nowMs: number): boolean {
  return expiresAtMs[row]! > 0 && expiresAtMs[row]! <= nowMs;
}

/** Rows of the posts that have expired. */
export function expiredRows(model: Model, nowMs: number): Uint32Array {
  const rows = expiringRows(model);
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isExpired(model, rows[middle]!, nowMs)) from = middle + 1;
    else to = middle;
  }
  return rows.subarray(0, from);
}

/** Rows that expire one day, the next one first. */
const expiringRows = remembered(({ expiresAtMs }: Model) =>
  Uint32Array.from(expiresAtMs.keys())
    .filter((row) => expiresAtMs[row]! > 0)
    .sort((a, b) => expiresAtMs[a]! - expiresAtMs[b]!),
);
