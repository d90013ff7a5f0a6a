/** Trace of a feed: numbers of posts that each source found, each reason kept out and each selector moved or left out. */
import { bitOf, REASONS, type Eligibility, type Reason } from "./eligibility.ts";
import type { Pipeline, Ranked } from "./stages.ts";

/** The trace of one feed. */
export type Trace = {
  /** Posts that may be in the feed. */
  readonly eligible: number;
  /** Posts that each reason keeps out; several may hold for one post. */
  readonly keptOut: Readonly<Record<Reason, number>>;
  /** Eligible posts that each source found, by its name. */
  readonly found: Readonly<Record<string, number>>;
  /** Posts that each selector gave another place or left out, by its name. */
  readonly moved: Readonly<Record<string, number>>;
};

/** Counts the trace of a ranking. */
export function traceOf(
  { sources, selectors }: Pick<Pipeline, "sources" | "selectors">,
  { scored, orders }: Pick<Ranked, "scored" | "orders">,
  { eligible, reasons }: Eligibility,
): Trace {
  const names = Object.keys(REASONS) as Reason[];
  const kept = names.map((name) => [name, countBit(reasons, bitOf(name))]);
  const found = sources.map(({ name }, n) => [name, countBit(scored.foundBy, 1 << n)]);
  const moved = selectors.map(({ name }, n) => {
    const [before, after] = [orders[n]!, orders[n + 1]!];
    const kept = new Set(after);
    const left = before.filter((row) => kept.has(row));
    const moved = after.filter((row, place) => row !== left[place]);
    return [name, before.length - left.length + moved.length];
  });
  return {
    eligible: countBit(eligible, 1),
    keptOut: Object.fromEntries(kept) as Record<Reason, number>,
    found: Object.fromEntries(found) as Record<string, number>,
    moved: Object.fromEntries(moved) as Record<string, number>,
  };
}

/** Number of entries that have a bit set. */
function countBit(numbers: Uint8Array | Uint32Array, bit: number): number {
  let count = 0;
  for (let n = 0; n < numbers.length; n++) count += Number((numbers[n]! & bit) !== 0);
  return count;
}
