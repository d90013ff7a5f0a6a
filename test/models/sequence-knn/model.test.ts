/** The part of sequence kNN: with vectors of its own where the factors are too wide, else with those of iALS. */
import { expect, test } from "bun:test";
import { plainKernel } from "../../../src/linalg/train-wasm/plain-kernel.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { collaborativePart } from "../../../src/models/ials/model.ts";
import { sequenceKnn, sequenceKnnPart } from "../../../src/models/sequence-knn/model.ts";
import type { TrainingView } from "../../../src/models/training-view.ts";
import { AS_OF_MS, modelOf, queryFor, rankingWith } from "../../support/model.ts";
import { csr } from "../../support/matrix.ts";
import { stepsOf } from "./generated.ts";

const POSTS = 6;

/** The part learnt beside factors of so many columns. */
async function learnt(k: number) {
  const random = seededRandom(1);
  const postFactors = Float32Array.from({ length: POSTS * k }, () => random() - 0.5);
  const ials = { info: { k }, columns: { postFactors } };
  const histories = [[0, 1, 2], [3, 4, 5], [2, 0, 4]] as const; // prettier-ignore
  const sequences = csr(
    histories.map((rows) => rows.map((row) => [row, 1] as const)),
    POSTS,
  );
  const parts = { [collaborativePart.name]: ials };
  const view = { kernel: plainKernel(), seed: 1, sequences, parts };
  const part = await sequenceKnn.train(view as unknown as TrainingView);
  return sequenceKnnPart.of({ parts: { [sequenceKnnPart.name]: part } });
}

test("vectors are written only where they are not the factors", async () => {
  const [narrow, wide] = [await learnt(8), await learnt(80)];
  expect([narrow.info.k, narrow.info.ownK, narrow.columns.vectors.length]).toEqual([8, 0, 0]);
  expect([wide.info.k, wide.info.ownK, wide.columns.vectors.length]).toEqual([64, 64, POSTS * 64]);
});

test("a feed reads the vectors that were written", async () => {
  const vectors = [[1, 0], [1, 0], [0, 1], [0, 1]]; // prettier-ignore
  const parts = await stepsOf([[0, 1], [2, 3]], vectors); // prettier-ignore
  const { info, columns } = sequenceKnnPart.of({ parts });
  const own = {
    info: { ...info, ownK: 2 },
    columns: { ...columns, vectors: Float32Array.from(vectors.flat()) },
  };
  const posts = vectors.map(() => ({ factors: [0, 0] }));
  const model = modelOf(posts, { parts: { [sequenceKnnPart.name]: own } });
  const { ranker, person } = rankingWith(model);
  const scorer = ranker.pipeline.scorers.find(({ name }) => name === sequenceKnnPart.name)!;
  const query = queryFor(model, { person: person([{ post: 101, kind: "like", atMs: AS_OF_MS }]) });
  query.arrays.scope(() => {
    const [after, other] = scorer.score(query, Uint32Array.of(1, 3));
    expect(after).toBe(1);
    expect(other).toBeLessThan(0.1);
    const source = ranker.pipeline.sources.find(({ name }) => name === sequenceKnnPart.name)!;
    expect([...source.retrieve(query)].toSorted()).toEqual([1, 3]); // every vote, however small
  });
});
