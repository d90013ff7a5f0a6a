/** Cost of the selectors where it is dearest: people who stay in one category. */
import { expect, test } from "bun:test";
import { personAt, wholeCases } from "../../src/evaluation/cases.ts";
import { systemsOf } from "../../src/evaluation/systems.ts";
import { nDcg, recall } from "../../src/evaluation/metrics.ts";
import { splitBy } from "../../src/evaluation/split.ts";
import { datasetBefore } from "../../src/training/dataset-before.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { sparseDataset } from "../../src/benchmarks/sparse/dataset.ts";
import { queryFor } from "../support/model.ts";
import { atHome, ofOneCategory } from "../support/one-category.ts";
import { learnt } from "../support/sparse.ts";

const SEED = 1;
const data = atHome(sparseDataset(SEED), SEED);

test("people of the data set have 85 to 95 % of their history in one category", () => {
  expect(ofOneCategory(data)).toBeWithin(0.85, 0.95);
});

test("selectors cost known people at most 2 % of nDCG@20 and of recall@20", async () => {
  const split = splitBy({ by: "time", share: 0.3 }, data.histories, data.asOfMs, SEED);
  const past = datasetBefore(data, split);
  const ranker = await learnt(past);
  const cases = wholeCases(split, vocabulary(past.posts.keys), () => true);
  const known = cases.filter((it) => it.length > 0);
  expect(known.length).toBeGreaterThan(40);
  const [blend, feed] = ["blend", "feed"].map((name) => {
    const { recommend } = systemsOf(ranker, []).find((it) => it.name === name)!;
    const sums = { nDcg: 0, recall: 0 };
    for (const it of known) {
      const query = queryFor(ranker.model, { person: personAt(ranker, it), limit: 1_000 });
      const { rows: list } = recommend(query, new Uint32Array(0));
      sums.nDcg += nDcg(list, new Set(it.positives), 20);
      sums.recall += recall(list, new Set(it.positives), 20);
    }
    return sums;
  });
  expect(blend!.nDcg / known.length).toBeGreaterThan(0.15);
  expect(feed!.nDcg).toBeGreaterThan(0.98 * blend!.nDcg);
  expect(feed!.recall).toBeGreaterThan(0.98 * blend!.recall);
});
