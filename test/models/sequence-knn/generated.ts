/** Parts of sequence kNN: from histories, and by chance. */
import { sequenceKnnPart } from "../../../src/models/sequence-knn/model.ts";
import { clusterSteps } from "../../../src/models/sequence-knn/ivf.ts";
import { SEQUENCE_KNN, stepTable } from "../../../src/models/sequence-knn/sequence-knn.ts";
import { plainKernel } from "../../../src/linalg/train-wasm/plain-kernel.ts";
import type { Part } from "../../../src/snapshot/columns.ts";
import { csr } from "../../support/matrix.ts";

const { decays } = SEQUENCE_KNN;
/** Columns of a generated model's factors. */
const K = 64;
const STEPS_A_POST = 20;
const STEPS_MAX = 200_000;

type Table = Awaited<ReturnType<typeof clusterSteps>>;

function partOf({ states, next, centroids, starts }: Table, width: number) {
  const info = { decays, blocks: decays.length, width, ownWidth: 0 };
  const steps = next.length / 2;
  const stateBytes = states.length / Math.max(1, steps);
  const sizes = { steps, stateBytes, lists: Math.max(0, starts.length - 1) };
  const columns = { vectors: new Float32Array(0), states, next, centroids, starts };
  return { [sequenceKnnPart.name]: { info: { ...info, ...sizes }, columns } };
}

/** Steps of these histories, as rows, oldest first; states are summed up from `factors` `[posts × 2]`. */
export function stepsOf(
  histories: readonly (readonly number[])[],
  factors: readonly (readonly number[])[],
): Record<string, Part> {
  const entries = histories.map((rows) => rows.map((row) => [row, 1] as const));
  const vectors = Float32Array.from(factors.flat());
  const table = stepTable(csr(entries, factors.length), vectors, 2, SEQUENCE_KNN);
  return partOf({ ...table, centroids: new Int8Array(0), starts: new Uint32Array(0) }, 2);
}

/** So many steps with any state and any post next. */
export function generatedPart(posts: number, random: () => number): Record<string, Part> {
  const steps = Math.min(STEPS_MAX, STEPS_A_POST * posts);
  const states = new Int8Array(steps * decays.length * K);
  for (let n = 0; n < states.length; n++) states[n] = Math.floor(60 * random() - 30);
  const next = Int32Array.from({ length: 2 * steps }, () => Math.floor(posts * random()));
  return partOf({ states, next, centroids: new Int8Array(0), starts: new Uint32Array(0) }, K);
}

/** The part with its steps in clusters, as training leaves them. */
export async function finishedPart(parts: Readonly<Record<string, Part>>) {
  const { columns } = sequenceKnnPart.of({ parts });
  return partOf(await clusterSteps(columns, plainKernel(), 1), K);
}
