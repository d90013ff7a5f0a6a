/** The presets by name. */
import { GORSE } from "./gorse.ts";
import { KUAIRAND } from "./kuairand.ts";
import { MOVIELENS } from "./movielens.ts";
import type { Preset } from "./preset.ts";

export const PRESETS = {
  movielens: MOVIELENS,
  kuairand: KUAIRAND,
  "gorse-dump": GORSE,
} as const satisfies Record<string, Preset>;
