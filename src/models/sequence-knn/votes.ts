/** Votes for posts by the steps whose states are nearest to a person's. */
import { searchIvf } from "../../index/ivf.ts";
import type { Weighted } from "../../linalg/rank-wasm/columns.ts";
import { likedRows, type Person } from "../person.ts";
import type { ClusteredSteps } from "./ivf.ts";
import { similarity, stateOf } from "./states.ts";

/** K: number of steps that vote. */
const NEIGHBOURS = 100;
/** β of the softmax over similarities. */
const SOFTMAX_SHARPNESS = 8;
/** γ: weight of the post after next. */
const AFTER_NEXT = 0.3;
/** Steps that are probed in inverted lists: .99 of the exact vote (`ivf.ts`). */
const PROBED = 16_000;

/** The steps; `vectors` and `directions` make a state of a person's likes. */
type Steps = ClusteredSteps & { readonly vectors: Float32Array; readonly directions: Float32Array };

/** Votes for posts; none for a person without likes that the model knows. */
export function votesFor(
  person: Person,
  { vectors, directions, states, next, centroids, starts }: Steps,
  { decays, k }: { readonly decays: readonly number[]; readonly k: number },
): Weighted {
  const votes = new Map<number, number>();
  const liked = likedRows(person);
  const lists = { bytes: states, centroids, starts };
  const state = next.length === 0 ? NONE.state : stateOf(liked, { vectors, k }, directions, decays);
  // Posts that nobody had liked when the model was trained have no vector: they resemble no step.
  const isKnown = state.some((it) => it !== 0);
  const { places, products } = isKnown ? searchIvf(lists, state, NEIGHBOURS, PROBED) : NONE;
  const top = similarity(products[0] ?? 0);
  const add = (row: number, vote: number) => {
    if (row >= 0) votes.set(row, (votes.get(row) ?? 0) + vote);
  };
  for (let n = 0; n < places.length; n++) {
    const vote = Math.exp(SOFTMAX_SHARPNESS * (similarity(products[n]!) - top));
    add(next[2 * places[n]!]!, vote);
    add(next[2 * places[n]! + 1]!, AFTER_NEXT * vote);
  }
  return { rows: Uint32Array.from(votes.keys()), weights: Float32Array.from(votes.values()) };
}

const NONE = {
  state: new Int8Array(0),
  places: new Uint32Array(0),
  products: new Float32Array(0),
};
