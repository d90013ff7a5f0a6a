/** Adjusting over a store in memory, with one preview for all. */
import { openStore } from "../../src/data/sqlite/open.ts";
import type { PostId } from "../../src/domain/ids.ts";
import { openAdjusting } from "../../src/feed/adjusting/adjusting.ts";
import { FIGURES, type FigureName } from "../../src/feed/adjusting/list-figures.ts";
import type { Adjusting, Preview } from "../../src/feed/adjusting/operator.ts";
import { writerOn } from "./push.ts";

/** A preview of two people, each of whose figures rose from 1 to 3. */
export const PREVIEW: Preview = {
  ...{ snapshot: "s7", people: 2, logged: 1, moves: { replaced: 1 / 3, places: 2 }, lists: [] },
  heldOut: { cases: 0, people: 0, nDcg: undefined },
  effects: Object.fromEntries(
    Object.keys(FIGURES).map((name) => [name, { before: 1, after: 3, difference: { mean: 2, low: 1.23456, high: 3 } }]), // prettier-ignore
  ) as Record<FigureName, Preview["effects"]["diversity"]>,
};

/** The operator's adjusting of `store`, of a snapshot with one term; its previews are {@link PREVIEW}. */
export function adjustingInto(store = openStore(":memory:"), nowMs = Date.now): Adjusting {
  const adjusting = openAdjusting({
    meta: store.meta,
    writer: () => writerOn(store),
    clockMs: nowMs,
  });
  const popular = {
    name: "popular",
    about: "Many like it.",
    fitted: [{ posts: 0, value: 0.8 }],
  };
  return {
    ...adjusting,
    adjustables: () => [popular],
    preview: async () => PREVIEW,
    list: async () => ({ snapshot: "s7", audience: "warm", ids: ["1" as PostId] }),
  };
}

const nothing: Adjusting = {
  ...adjustingInto(),
  adjustables: () => undefined,
  preview: async () => undefined,
  list: async () => undefined,
};

/** Adjusting before the first snapshot. */
export const adjustingNothing = (): Adjusting => nothing;
