/** Freshness as a model: new posts compete in every feed. */
import { column, partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import { freshness } from "./freshness.ts";

/** 1 when new, falling to 0. */
export const freshPart = partSpec()("fresh", { freshness: column("Float32Array", "posts") });

/** @see freshness */
export const fresh: ModelSpec = {
  ...freshPart,
  train: ({ createdAtMs, asOfMs, tuning }) => ({
    info: {},
    columns: { freshness: freshness(createdAtMs, asOfMs, tuning.freshHalfLifeDays) },
  }),
};
