import { beforeAll, describe, expect, test } from "bun:test";
import { DEMO_END_MS } from "../../src/ingest/demo/catalogue.ts";
import { demoFetch } from "../../src/ingest/demo/upstream.ts";
import type { Report } from "../../src/evaluation/report.ts";
import { readDataset } from "../../src/training/dataset.ts";
import { runExperiment } from "../../src/benchmarks/run.ts";
import { storeExperiment } from "../../src/benchmarks/store.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { openClient } from "../../src/ingest/socialverse/client.ts";
import { syncAll } from "../../src/ingest/socialverse/sync.ts";
import { oneThread } from "../support/kernel.ts";

/** The moment the demo is fetched. */
const NOW_MS = DEMO_END_MS;
const MODELS = ["popularity", "recent popularity", "EASE", "iALS", "item-kNN", "blend", "feed"];

let report: Report;
beforeAll(async () => {
  using store = openStore(":memory:");
  const client = openClient({
    ...{ baseUrl: "http://demo.invalid", token: "demo", resonanceAlgorithm: "demo" },
    fetch: demoFetch(),
  });
  await syncAll({ client, store, nowMs: () => NOW_MS, force: false, onProgress: () => {} });
  const data = await readDataset(store, undefined, NOW_MS);
  const experiment = storeExperiment(data, { by: "time", share: 0.1 }, 1);
  const onProgress = () => {};
  report = await runExperiment(experiment, {
    seed: 1,
    kernel: oneThread,
    models: MODELS,
    onProgress,
  });
}, 300_000);

const quality = (model: string) => report.rows.find((it) => it.model === model)!.metrics["ndcg@20"];

// Without texts: encoding them takes half a minute, and would only lift what is asked for here.
describe("on the demo, without texts, the feed", () => {
  test("is better than every baseline", () => {
    for (const it of MODELS.slice(0, 5))
      expect([it, quality("feed") > quality(it)]).toEqual([it, true]);
  });

  test("beats popularity beyond chance", () => {
    const gain = report.differences.find(
      (it) => it.model === "feed" && it.over === "popularity" && it.metric === "ndcg@20",
    )!;
    expect(gain.low).toBeGreaterThan(0);
  });

  test("reaches its floor: nDCG@20 of 0.17", () => {
    expect(quality("feed")).toBeGreaterThan(0.17);
  });
});
