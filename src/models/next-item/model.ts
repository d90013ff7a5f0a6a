/** Next-item: posts that tend to follow what was liked last. */
import { fullestColumns, type TopTable } from "../../linalg/sparse.ts";
import type { Weighted } from "../../linalg/rank-wasm/columns.ts";
import { affordable, scoresIn, tableColumns, tableIn } from "../top-tables.ts";
import { partSpec } from "../../snapshot/columns.ts";
import { remembered, type ModelSpec, type Request } from "../contract.ts";
import { likedRows, spread, type Person } from "../person.ts";
import { byColumn } from "../pick.ts";
import type { TrainingView } from "../training-view.ts";
import { LINEAR_SEQUENCE, linearSequence } from "./linear-sequence.ts";
import { SEQUENCE, successors, TRANSITIONS, type LookBack } from "./transitions.ts";

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
  *serve({ model, kernel }) {
    const part = sequencePart.of(model);
    const posts = model.postKeys.length;
    const table = tableIn(part);
    const rowSum = yield* kernel.rowSum(table, posts);
    const weights = remembered((it: Person) => newestLiked(it, part.info.lookBacks, posts));
    return {
      ...byColumn(remembered(({ person }: Request) => rowSum(weights(person)))),
      pulls: ({ person }, row) => {
        const { rows, weights: own } = weights(person);
        const entries = scoresIn(table, rows, row);
        const liked = rows.map((it) => it % posts);
        return spread(person, liked, entries.map((it, n) => it * own[n]!)); // prettier-ignore
      },
    };
  },
  weights: [0, 0.4, 0.5, 0.6],
  isPersonal: true,
  about:
    "Order: what is liked next after the newest likes of a history (a linear model of sequences).",
  words: "often comes after what you liked last",
  because: "after which this often comes",
};

/** The newest liked posts as rows of the table, weighted by age only: the next post depends on the last ones. */
function newestLiked(person: Person, lookBacks: readonly LookBack[], posts: number): Weighted {
  const liked = likedRows(person);
  const rows: number[] = [];
  const weights: number[] = [];
  for (const [block, { decay, window, scale }] of lookBacks.entries())
    for (let age = 0; age < Math.min(window, liked.length); age++) {
      rows.push(block * posts + liked[liked.length - 1 - age]!);
      weights.push(scale * decay ** age);
    }
  return { rows: Uint32Array.from(rows), weights: Float32Array.from(weights) };
}

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
