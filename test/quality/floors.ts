/**
 * Floors of quality: what was measured (seed 1, see the README's table) less about half of its interval.
 * Every name is measured by `bun run quality`.
 */
import type { Metric } from "../../src/evaluation/runs.ts";
import type { Audience } from "../../src/ranking/audience.ts";

/** Floor of the blend, for everybody or one audience. */
export type Floor = {
  readonly metric: Metric;
  readonly floor: number;
  readonly audience?: Audience;
};

/** Floor of the simulator: videos that viewers finish more with vidrec than with another policy, as a share of that; the low end of the interval. */
export const MARGINS = { popularity: 0.8, "daily feed": 0.7 } as const;
/** Size of the simulation. */
export const SIMULATED = { viewers: 100, days: 8 };

/** Floors by benchmark. */
export const FLOORS: Readonly<Record<string, readonly Floor[]>> = {
  P1: [
    { metric: "recall@20", floor: 0.281 },
    { metric: "ndcg@20", floor: 0.27 },
  ],
  P2: [
    { metric: "recall@10", floor: 0.305 },
    { metric: "ndcg@10", floor: 0.182 },
  ],
  P3: [{ metric: "ndcg@20", floor: 0.08 }],
  P3b: [{ metric: "ndcg@20", floor: 0.101 }],
  P4: [
    { metric: "ndcg@20", floor: 0.13, audience: "warm" },
    { metric: "ndcg@20", floor: 0.37, audience: "cold" },
  ],
  P5: [{ metric: "recall@20", floor: 0.12 }],
  P6: [{ metric: "ndcg@10", floor: 0.339 }],
  P7: [{ metric: "ndcg@10", floor: 0.221 }],
  sparse: [{ metric: "ndcg@20", floor: 0.25 }],
  home: [],
  demo: [],
  simulator: [],
};
