import { describe, expect, test } from "bun:test";
import { plainKernel } from "../../../src/linalg/train-wasm/plain-kernel.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { clusterSteps } from "../../../src/models/sequence-knn/ivf.ts";
import {
  SEQUENCE_KNN,
  stepTable,
  type StepTable,
} from "../../../src/models/sequence-knn/sequence-knn.ts";
import { csr } from "../../support/matrix.ts";

const [POSTS, K] = [40, 4];
const random = seededRandom(3);
const vectors = Float32Array.from({ length: POSTS * K }, () => random() - 0.5);
const histories = Array.from({ length: 60 }, () =>
  Array.from({ length: 12 }, () => [Math.floor(POSTS * random()), 1] as const),
);
const likes = csr(histories, POSTS);
const table = await stepTable(likes, { vectors, k: K }, SEQUENCE_KNN, plainKernel());
const all: StepTable = { states: table.states, next: table.next };
const size = 2 * K;

describe("steps in lists", () => {
  test("are the same steps, each with its own state", async () => {
    const listed = await clusterSteps(all, plainKernel(), 1, 0);
    const named = ({ states, next }: typeof all) =>
      Array.from({ length: next.length / 2 }, (_, n) =>
        [...next.subarray(2 * n, 2 * n + 2), ...states.subarray(n * size, (n + 1) * size)].join(),
      );
    expect(listed.starts.length).toBeGreaterThan(5);
    expect(named(listed)).not.toEqual(named(all));
    expect(named(listed).sort()).toEqual(named(all).sort());
  });

  test("are ordered by the next post within a list, so that neighbours are of no single history", async () => {
    const { starts, next } = await clusterSteps(all, plainKernel(), 1, 0);
    const orderOf = (step: number) => 1e6 * next[2 * step]! + next[2 * step + 1]!;
    for (let list = 0; list + 1 < starts.length; list++)
      for (let step = starts[list]! + 1; step < starts[list + 1]!; step++)
        expect(orderOf(step)).toBeGreaterThanOrEqual(orderOf(step - 1));
  });

  test("are empty for few steps, which are scanned, or none", async () => {
    const listed = await clusterSteps(all, plainKernel(), 1);
    expect(listed).toEqual({ ...all, centroids: new Int8Array(0), starts: new Uint32Array(0) });
    const none = { states: new Int8Array(0), next: new Int32Array(0) };
    expect((await clusterSteps(none, plainKernel(), 1, 0)).starts).toHaveLength(0);
  });
});
