/** Replies of `/adjustments` in JSON. */
import { FACTOR_MAX } from "../domain/adjustments.ts";
import type { Adjusted } from "../feed/adjusting/adjusting.ts";
import type { Adjustable } from "../feed/adjusting/factors.ts";
import { FIGURES, type FigureName } from "../feed/adjusting/list-figures.ts";
import type { Effect } from "../feed/adjusting/paired-effects.ts";
import type { Preview } from "../feed/adjusting/operator.ts";
import {
  heldOutWords,
  NDCG,
  type AdjustedSchema,
  type EffectSchema,
} from "./adjustments-schema.ts";

/** Reply of what is adjusted. */
export function adjustedReply(
  { factors, history }: Adjusted,
  adjustable: readonly Adjustable[] | undefined,
): typeof AdjustedSchema.static {
  return {
    factors,
    factor_max: FACTOR_MAX,
    can_go_back: history.at(-1)?.before !== undefined,
    adjustable:
      adjustable?.map(({ name, about, fitted }) => ({
        name,
        about,
        fitted: fitted.map(({ posts = null, value }) => ({ posts, value })),
      })) ?? null,
    history: history
      .map(({ version, savedAtMs, factors }) => ({
        version,
        saved_at: new Date(savedAtMs).toISOString(),
        factors,
      }))
      .reverse(),
  };
}

/** Reply of a preview. */
export function previewReply(preview: Preview): typeof EffectSchema.static {
  const { snapshot, people, logged, moves, effects, lists, heldOut } = preview;
  const { nDcg, ...rest } = heldOut;
  const names = Object.keys(FIGURES) as FigureName[];
  return {
    ...{ snapshot, people, logged },
    replaced: rounded(moves.replaced),
    places: rounded(moves.places),
    effects: names.map((name) => effectReply(name, FIGURES[name], effects[name])),
    held_out: {
      ...rest,
      ndcg: nDcg ? effectReply("ndcg@20", NDCG, nDcg) : null,
      words: heldOutWords(rest),
    },
    lists: lists.map(({ user, before, after }) => ({
      user,
      before: [...before],
      after: [...after],
    })),
  };
}

function effectReply(name: string, about: string, { before, after, difference }: Effect) {
  return {
    ...{ name, about },
    before: rounded(before),
    after: rounded(after),
    difference: rounded(difference.mean),
    low: rounded(difference.low),
    high: rounded(difference.high),
  };
}

/** Four digits: further ones are noise. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
