/** Training settings that `vidrec tune` fits to a store. */
import { ALS } from "../models/ials/als.ts";
import { SIGNALS } from "../domain/signals.ts";
import { CONFIDENCE } from "../models/confidence.ts";
import type { Tuning } from "../models/training-view.ts";
import { EASE } from "../models/item-item/ease.ts";

/** Defaults, chosen on the sparse set and on MovieLens. */
export const TUNING: Tuning = {
  lambda: ALS.lambda,
  alpha0: ALS.alpha0,
  view: SIGNALS.view.strength.weight,
  halfLifeDays: CONFIDENCE.halfLifeDays,
  easeLambda: EASE.lambdaPerLike,
  freshHalfLifeDays: 20,
};

/** Names of the settings, in the order of reports. */
export const TUNED = Object.keys(TUNING) as (keyof Tuning)[];

/**
 * Parses a tuning that the store keeps as JSON.
 *
 * @throws Error if it is invalid; `vidrec tune` makes a new one.
 */
export function parseTuning(json: string): Tuning {
  const kept = JSON.parse(json) as Partial<Record<string, unknown>>;
  const bad = TUNED.find((name) => !(typeof kept[name] === "number" && kept[name] > 0));
  if (bad === undefined) return Object.fromEntries(TUNED.map((it) => [it, kept[it]])) as Tuning;
  throw new Error(`the store's tuning has no valid ${bad}: run \`vidrec tune\` again`);
}
