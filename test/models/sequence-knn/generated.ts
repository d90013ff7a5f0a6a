/** Parts of sequence kNN: from histories, and by chance. */
import { sequenceKnnPart } from "../../../src/models/sequence-knn/model.ts";
import { clusterSteps } from "../../../src/models/sequence-knn/ivf.ts";
import { SEQUENCE_KNN, stepTable } from "../../../src/models/sequence-knn/sequence-knn.ts";
import { plainKernel } from "../../../src/linalg/train-wasm/plain-kernel.ts";
import type { Part } from "../../../src/snapshot/columns.ts";
import { csr } from "../../support/matrix.ts";

const { decays, width: WIDTH } = SEQUENCE_KNN;
/** Columns of a generated model's factors. */
const K = 64;
const STEPS_A_POST = 20;
const STEPS_MAX = 200_000;

type Table = Awaited<ReturnType<typeof clusterSteps>> & { readonly directions: Float32Array };

function partOf(columns: Table, k: number) {
  const steps = columns.next.length / 2;
  const info = {
    ...{ decays, blocks: decays.length, k, ownK: 0, steps },
    width: columns.directions.length / (decays.length * k),
    lists: Math.max(0, columns.starts.length - 1),
  };
  const vectors = new Float32Array(0);
  return { [sequenceKnnPart.name]: { info, columns: { ...columns, vectors } } };
}

/** Steps of these histories, as rows, oldest first; states are summed up from `factors` `[posts × 2]`. */
export async function stepsOf(
  histories: readonly (readonly number[])[],
  factors: readonly (readonly number[])[],
): Promise<Record<string, Part>> {
  const entries = histories.map((rows) => rows.map((row) => [row, 1] as const));
  const vectors = { vectors: Float32Array.from(factors.flat()), k: 2 };
  const likes = csr(entries, factors.length);
  const table = await stepTable(likes, vectors, SEQUENCE_KNN, plainKernel());
  return partOf({ ...table, centroids: new Int8Array(0), starts: new Uint32Array(0) }, 2);
}

/** So many steps with any state and any post next. */
export function generatedPart(posts: number, random: () => number): Record<string, Part> {
  const steps = Math.min(STEPS_MAX, STEPS_A_POST * posts);
  const any = (_: unknown) => random() - 0.5;
  const directions = Float32Array.from({ length: decays.length * K * WIDTH }, any);
  const states = Int8Array.from({ length: steps * WIDTH }, () => Math.floor(60 * random() - 30));
  const next = Int32Array.from({ length: 2 * steps }, () => Math.floor(posts * random()));
  const none = { centroids: new Int8Array(0), starts: new Uint32Array(0) };
  return partOf({ directions, states, next, ...none }, K);
}

/** The part with its steps in clusters, as training leaves them. */
export async function finishedPart(parts: Readonly<Record<string, Part>>) {
  const { columns } = sequenceKnnPart.of({ parts });
  return partOf({ ...columns, ...(await clusterSteps(columns, plainKernel(), 1)) }, K);
}
