/** Tiers: posts that fill a feed which ranking left short, so that it is never empty while a post may be shown. */
import { remembered, type ServingView } from "../models/contract.ts";
import { likedIn } from "../models/popularity/model.ts";
import type { Model } from "../snapshot/model.ts";
import { bitOf } from "./eligibility.ts";
import type { Query } from "./query.ts";
import { repeatsOf } from "./selectors/duplicates.ts";

/** Tiers in the order in which they fill a feed. */
export const TIERS = ["popular", "fresh", "seen"] as const;

/** A list of ranked posts and tiers. */
export type Filled = {
  /** Rows, best first. */
  readonly rows: Uint32Array;
  /** Index in `rows` at which each of {@link TIERS} begins; ranked posts come before the first. */
  readonly tierStart: readonly [number, number, number];
};

/** A catalogue in the orders of its tiers. */
type TierOrders = Pick<ServingView, "model" | "byPopularity" | "byNewness">;

/** Rows that may be served and have likes, the most popular first. */
const liked = remembered(({ model, byPopularity }: TierOrders) =>
  byPopularity.filter(likedIn(model)),
);

/** Appends tiers until the list is full: eligible posts with likes, all other eligible posts, then posts that are only seen. */
export function filled(ranked: Uint32Array, query: Query, orders: TierOrders): Filled {
  const { model, person, limit } = query;
  if (ranked.length >= limit) return { rows: ranked, tierStart: [limit, limit, limit] };
  const { eligible, reasons } = query.eligibility();
  const { duplicates } = model;
  const isLeft = eligible.slice();
  const isRepeated = repeatsOf(query);
  const rows = new Uint32Array(limit);
  let size = 0;
  const append = (more: Uint32Array) => {
    const start = size;
    // By index, and without calls for most rows: this was the slowest loop of a feed.
    for (let n = 0; n < more.length && size < limit; n++) {
      const row = more[n]!;
      if (isLeft[row] === 0 || (duplicates[row]! >= 0 && isRepeated(row))) continue;
      isLeft[row] = 0;
      rows[size++] = row;
    }
    return start;
  };
  append(ranked);
  const [popularFrom, freshFrom] = [append(liked(orders)), append(orders.byNewness)];
  for (const row of person.seen) if (reasons[row] === bitOf("seen")) isLeft[row] = 1;
  const tierStart = [popularFrom, freshFrom, append(person.seen)] as const;
  return { rows: rows.subarray(0, size), tierStart };
}

/** The list of a feed with equal scores, all of it tiers: in the order of popularity, then of newness. */
export function onlyTiers({ rows, tierStart }: Filled, model: Model): Filled {
  const [, , seenFrom] = tierStart;
  const freshFrom = 1 + rows.subarray(0, seenFrom).findLastIndex(likedIn(model));
  return { rows, tierStart: [0, freshFrom, seenFrom] };
}
