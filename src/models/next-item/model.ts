/** Next-item: posts that tend to follow what was liked last. */
import { fullestColumns, type TopTable } from "../../linalg/sparse.ts";
import { affordable, tableColumns } from "../top-tables.ts";
import { partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import type { TrainingView } from "../training-view.ts";
import { LINEAR_SEQUENCE, linearSequence } from "./linear-sequence.ts";
import type { LookBack } from "./look-back.ts";
import { SEQUENCE, successors, TRANSITIONS } from "./transitions.ts";

type Info = {
  readonly m: number;
  readonly blocks: number;
  readonly lookBacks: readonly LookBack[];
};

/** `m` successors of every post for each way to look back: row `block × posts + post`. */
export const sequencePart = partSpec<Info>()("sequence", tableColumns("blocks", "posts"));

/** The linear sequence model while it is affordable, a table of transitions beyond. */
export const sequence: ModelSpec = {
  ...sequencePart,
  train: async (view) => {
    const { table, lookBacks } = await trained(view);
    const { m, ...columns } = table;
    return { info: { m, blocks: lookBacks.length, lookBacks }, columns };
  },
};

type Trained = { readonly table: TopTable; readonly lookBacks: readonly LookBack[] };

/** The linear sequence model up to 5,250 posts. */
async function trained({ sequences, kernel }: TrainingView): Promise<Trained> {
  const { blocks, unknownsMax, likesMin } = LINEAR_SEQUENCE;
  const postsMax = Math.floor(unknownsMax / blocks.length);
  if (fullestColumns(sequences, postsMax + 1, likesMin).length <= postsMax)
    return { table: await linearSequence(sequences, LINEAR_SEQUENCE, kernel), lookBacks: blocks };
  const m = affordable(SEQUENCE.m, sequences.columnCount);
  return { table: successors(sequences, { ...SEQUENCE, m }), lookBacks: TRANSITIONS };
}
