/** Limit of a JSON value's depth. */
import { refused, type Refusal } from "./refusal.ts";

/** Lists and objects inside each other that a card may have. */
const DEPTH_MAX = 32;

/** The refusal of a value that is too deep for a card, and for functions that call themselves. */
export function refusedDepth(value: unknown): Refusal | undefined {
  return isDeeper(value, DEPTH_MAX)
    ? refused(`expected at most ${DEPTH_MAX} lists and objects inside each other`)
    : undefined;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((it) => isDeeper(it, levels - 1));
}
