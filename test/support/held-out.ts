/** Models with held-out cases, as a training leaves them in a snapshot. */
import type { Case } from "../../src/evaluation/cases.ts";
import { RECENCY } from "../../src/models/models.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { heldOutOf } from "../../src/training/held-out.ts";
import { scoreCase } from "../../src/training/score-cases.ts";
import { history, type Done } from "./histories.ts";
import { nearestIn, rankingWith } from "./model.ts";

/** A person who liked some rows, and then others. */
export const caseOf = (user: number, likes: readonly number[], next: readonly number[]): Case => ({
  history: history(...likes.map((row): Done => ({ post: 101 + row, kind: "like" }))),
  ...{ length: likes.length, user, positives: Uint32Array.from(next) },
});

/** The model with held-out cases that it scored itself. */
export function withHeldOut(model: Model, cases: readonly Case[]): Model {
  const [{ ranker }, nearest] = [rankingWith(model), nearestIn(model)];
  const scored = cases.map((it) => scoreCase(ranker, nearest, it, RECENCY));
  const part = heldOutOf([{ ranker, nearest, cases }], [scored], model.info);
  return { ...model, parts: { ...model.parts, "held-out": part } };
}
