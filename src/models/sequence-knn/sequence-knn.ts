/**
 * Sequence kNN: recommends the posts that came next after recent histories similar to the person's.
 *
 * A step is a position in a history. Its state represents the posts before it: in every block the sum of
 * their factors, each × decay^age, as a unit vector; blocks side by side. The K steps whose states are
 * nearest to a person's vote for the posts that came next:
 *
 *     vote(j) = Σ_{s among the K nearest} exp(β (sim_s − sim_max)) ([next_s = j] + γ [after_s = j])
 *
 * A linear model averages over all histories that share a post; this one keeps whole patterns.
 *
 * @see Jannach & Ludewig, "When Recurrent Neural Networks meet the Neighborhood for Session-Based
 *   Recommendation" (RecSys 2017), for nearest neighbours of sessions.
 */
import { stableOrder, type Csr } from "../../linalg/sparse.ts";
import type { Kernel } from "../../linalg/train-wasm/kernel.ts";
import { directionsOf, subtractMean } from "./directions.ts";
import { openState, quantise, type Vectors } from "./states.ts";

/** Parameters of sequence kNN. */
type SequenceKnnParams = {
  /** Decay of each block from one post to the next older one. */
  readonly decays: readonly number[];
  /** Columns of the vectors that are summed; wider factors are projected. */
  readonly k: number;
  /** Most numbers of a state. */
  readonly width: number;
  /** Evenness of the directions of states, see {@link directionsOf}: the small ones tell histories apart, too. */
  readonly evenness: number;
  /** Fewest posts before a step. */
  readonly pastMin: number;
  /** Most steps, everybody's newest: a state is 96 bytes. */
  readonly stepsMax: number;
  /** Largest share of all steps that one person has: heavy-user damping. */
  readonly shareMax: number;
};

/** Defaults. */
export const SEQUENCE_KNN: SequenceKnnParams = {
  decays: [0.6, 0.9],
  k: 64,
  width: 96,
  evenness: 0.25,
  pastMin: 1,
  stepsMax: 1_000_000,
  shareMax: 0.02,
};

/**
 * Steps as columns, ordered by the next post and not by person. With effort, the states of one person
 * could still be linked: keep a snapshot as safe as the store.
 */
export type StepTable = {
  /**
   * States less their mean, on their principal directions, see `quantise`: `[steps × width]`. Without the mean, each
   * inner product with a query is smaller by the same number; with it, most states exceed 8 bits.
   */
  readonly states: Int8Array;
  /** The post that came next and the one after, −1 for none `[steps × 2]`. */
  readonly next: Int32Array;
};

/** Number of steps that a person may have in any case. */
const STEPS_FREE = 20;
/** Steps whose states show the principal directions: an even sample. */
const SAMPLE = 4_096;
/** Steps that are projected at a time. */
const BATCH = 4_096;

/**
 * The steps of all histories.
 *
 * @param likes  Users × posts; a row's entries from oldest to newest.
 * @returns With the principal directions of states `[blocks × k × width]`.
 */
export async function stepTable(
  likes: Csr,
  vectors: Vectors,
  params: SequenceKnnParams,
  kernel: Pick<Kernel, "multiply" | "multiplyTransposed">,
): Promise<StepTable & { readonly directions: Float32Array }> {
  const size = params.decays.length * vectors.k;
  const count = stepsOf(likes, params.pastMin, mostPerUser(likes, params));
  const every = Math.ceil(count / SAMPLE);
  const sample = new Float32Array(Math.ceil(count / Math.max(1, every)) * size);
  for (const { step, state } of stepsIn(likes, vectors, params))
    if (step % every === 0) sample.set(state.unit(), (step / every) * size);
  const mean = subtractMean(sample, size);
  const width = Math.min(size, params.width);
  const directions = await directionsOf(sample, size, width, kernel, params.evenness);
  const [states, next] = [new Int8Array(count * width), new Int32Array(2 * count).fill(-1)];
  const batch = new Float32Array(Math.min(count, BATCH) * size);
  for (const { step, state, nextTwo } of stepsIn(likes, vectors, params)) {
    const at = (step % BATCH) * size;
    const unit = state.unit();
    for (let i = 0; i < size; i++) batch[at + i] = unit[i]! - mean[i]!;
    next.set(nextTwo, 2 * step);
    if (step % BATCH === BATCH - 1 || step === count - 1) {
      const first = step - (step % BATCH);
      const projected = new Float32Array((step + 1 - first) * width);
      await kernel.multiply(projected, batch.subarray(0, at + size), directions, size);
      states.set(quantise(projected), first * width);
    }
  }
  return { ...reorder({ states, next }, byNext(next, likes.columnCount)), directions };
}

/** The steps of all histories, each with the state before it and the next two posts. `state` is used before the next step. */
function* stepsIn(likes: Csr, vectors: Vectors, params: SequenceKnnParams) {
  const perUser = mostPerUser(likes, params);
  let step = 0;
  for (let user = 0; user < likes.rowStart.length - 1; user++) {
    const posts = likes.columns.subarray(likes.rowStart[user], likes.rowStart[user + 1]);
    const state = openState(vectors, params.decays);
    for (let n = 0; n < posts.length; n++) {
      if (n >= params.pastMin && posts.length - n <= perUser)
        yield { step: step++, state, nextTwo: posts.subarray(n, n + 2) };
      state.add(posts[n]!);
    }
  }
}

/** The order of steps by their next two posts, so that neighbours in the table do not belong to one history. */
function byNext(next: Int32Array, posts: number): Uint32Array {
  const byAfter = stableOrder(next.length / 2, (step) => next[2 * step + 1]! + 1, posts + 1);
  return stableOrder(next.length / 2, (step) => next[2 * step]!, posts, byAfter);
}

/** The steps in another order. */
export function reorder({ states, next }: StepTable, order: Uint32Array): StepTable {
  const size = states.length / order.length;
  const out = { states: new Int8Array(states.length), next: new Int32Array(next.length) };
  for (const [n, step] of order.entries()) {
    out.states.set(states.subarray(step * size, (step + 1) * size), n * size);
    out.next[2 * n] = next[2 * step]!;
    out.next[2 * n + 1] = next[2 * step + 1]!;
  }
  return out;
}

/** Most steps per person, so that neither `shareMax` nor `stepsMax` is exceeded. */
function mostPerUser(likes: Csr, { pastMin, stepsMax, shareMax }: SequenceKnnParams): number {
  const total = stepsOf(likes, pastMin, Infinity);
  let [enough, tooMany] = [0, Math.max(STEPS_FREE, Math.ceil(shareMax * total))];
  if (stepsOf(likes, pastMin, tooMany) <= stepsMax) return tooMany;
  while (tooMany - enough > 1) {
    const middle = (enough + tooMany) >>> 1;
    if (stepsOf(likes, pastMin, middle) <= stepsMax) enough = middle;
    else tooMany = middle;
  }
  return enough;
}

function stepsOf({ rowStart }: Csr, pastMin: number, perUser: number): number {
  let steps = 0;
  for (let user = 0; user < rowStart.length - 1; user++) {
    const own = rowStart[user + 1]! - rowStart[user]! - pastMin;
    steps += Math.max(0, Math.min(own, perUser));
  }
  return steps;
}
