/**
 * MovieLens-1M: P1 is UltraGCN's published random split, P2 leaves the last event of everybody out.
 *
 * @see Mao et al., "UltraGCN" (CIKM 2021), for the split; Kang & McAuley, "Self-Attentive Sequential
 *   Recommendation" (ICDM 2018), for leaving the last out.
 */
import { join } from "node:path";
import { splitAtMoment, splitBy } from "../evaluation/split.ts";
import { datasetOf, historiesOf, postsOf, type Event } from "./events.ts";
import { numbersOf, rowsOf } from "./files.ts";
import type { BenchmarkInput, Experiment } from "./experiment.ts";

/** P1: a random tenth of everybody's likes is held out. The files have no order in time. */
export async function ultraGcn({ folder }: BenchmarkInput): Promise<Experiment> {
  const [BEFORE_MS, AFTER_MS] = [0, 1];
  const events = async (name: string, atMs: number) =>
    (await numbersOf(join(folder, "ml-1m", name))).flatMap(([userKey, ...postKeys]) =>
      postKeys.map((postKey): Event => ({ ...liked(userKey!, postKey), atMs })),
    );
  const before = await events("ultragcn.train.txt", BEFORE_MS);
  const after = await events("ultragcn.test.txt", AFTER_MS);
  const all = before.concat(after);
  const split = splitAtMoment(historiesOf(all), AFTER_MS);
  return {
    protocol: `P1: MovieLens-1M, UltraGCN's split, ${after.length} of ${all.length} likes held out`,
    data: datasetOf(catalogueOf(all), split.before, split.asOfMs),
    split,
    inner: { by: "random", share: 0.1 },
  };
}

/** P2: the last event of everybody is held out. The file has the order of events, not their times. */
export async function leaveLastOut({ folder, seed }: BenchmarkInput): Promise<Experiment> {
  const path = join(folder, "ml-1m", "ml1m_sequences_by_time.tsv");
  const users = await rowsOf(path, ["userId", "movieIds_oldest_to_newest"], "\t");
  const events = users.flatMap((user) =>
    user["movieIds_oldest_to_newest"]!.split(" ").map((postKey, place): Event => ({
      ...liked(Number(user["userId"]), Number(postKey)),
      atMs: place,
    })),
  );
  const longest = Math.max(
    ...users.map((it) => it["movieIds_oldest_to_newest"]!.split(" ").length),
  );
  const split = splitBy({ by: "last" }, historiesOf(events), longest, seed);
  return {
    protocol: `P2: MovieLens-1M, the last event of each of ${users.length} people held out`,
    data: datasetOf(catalogueOf(events), split.before, split.asOfMs),
    split,
    inner: { by: "last" },
  };
}

function liked(userKey: number, postKey: number) {
  return { userKey, postKey, kind: "like", value: 1 } as const;
}

/** Every post with an event. */
function catalogueOf(events: readonly Event[]) {
  return postsOf([...new Set(events.map((it) => it.postKey))].map((id) => ({ id })));
}
