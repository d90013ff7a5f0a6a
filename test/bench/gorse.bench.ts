/**
 * Gorse's `POST /api/feedback` over loopback, in batches of 10,000, one after the other: every event is new, and
 * durable when it is answered.
 */
import { temporaryFolder } from "../support/folder.ts";
import { movielensCatalogue } from "./catalogue.ts";
import { figure, known, type BenchOptions, type BenchRow } from "./row.ts";
import { serve } from "./serving.ts";
import { fillToServe, firstPages } from "./world.ts";

const BATCH = 10_000;

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  const catalogue = await movielensCatalogue();
  await fillToServe(folder.path, catalogue);
  using serving = await serve(folder.path, firstPages(catalogue)[0]!);
  const rates: number[] = [];
  for (let batch = 0; batch < (quick ? 5 : 30); batch++) {
    const body = bodyOf(batch);
    const startMs = performance.now();
    const response = await fetch(`${serving.url}/api/feedback`, { method: "POST", body, headers: { "content-type": "application/json" } }); // prettier-ignore
    if (response.status !== 200) throw new Error(`feedback: ${await response.text()}`);
    rates.push((BATCH * 1_000) / (performance.now() - startMs));
  }
  return [
    known(`Gorse's feedback in batches of ${BATCH.toLocaleString("en")}`, figure(rates, "/s")),
  ];
}

/** Half reads, half likes, of 6,000 people. */
function bodyOf(batch: number): string {
  const feedback = (n: number) => ({
    FeedbackType: n % 2 === 0 ? "read" : "like",
    UserId: String(1 + ((n * 7_919) % 6_000)),
    ItemId: String(1 + ((n * 104_729 + batch) % 3_900)),
    Timestamp: new Date(1.7e12 + batch * 1e8 + n * 1_000).toISOString(),
  });
  return JSON.stringify(Array.from({ length: BATCH }, (_, n) => feedback(n)));
}
