/** Exploration: reserved slots in which new posts challenge the ranking, so that people get to see them at all. */
import { factorOf } from "../../domain/adjustments.ts";
import { MIDDLE } from "../../domain/sliders.ts";
import { heldOn, withWinners, type Contest } from "../exploration/contest.ts";
import { contestsIn } from "../exploration/contests.ts";
import type { Query } from "../query.ts";
import type { Selector } from "../stages.ts";

/** @see Chapelle & Li, "An Empirical Evaluation of Thompson Sampling" (NIPS 2011). Off without a seed. */
export const exploration: Selector = {
  name: "exploration",
  select: (query, ranked) => {
    const held = query.held
      ? heldOn(ranked, query.eligibility().eligible, query.held)
      : contestsFor(query, ranked);
    const list = withWinners(ranked, held);
    query.contests.push(...held);
    return list;
  },
};

function contestsFor(query: Query, ranked: Uint32Array): readonly Contest[] {
  const { trials, seed, sliders, adjustments } = query;
  if (trials === undefined || seed === undefined) return [];
  const factor = ((sliders?.exploration ?? MIDDLE) / MIDDLE) * factorOf(adjustments, "exploration");
  const share = trials.share * factor;
  return share > 0 ? contestsIn(query, ranked, trials, share, seed) : [];
}
