/**
 * The splits of ∞-AE: P6 is MovieLens-1M, P7 Amazon's magazine reviews, where the median person has one event.
 *
 * Training data are the events of `train` alone; a person's query has those of `val` too. Held out is `test`,
 * a random part of everybody's events, so that a held-out event may be older than a known one. A few of
 * P7 are known: they stay in the ideal list, as published, although no list can have them.
 *
 * @see Sachdeva et al., "Infinite Recommendation Networks: A Data-Centric Approach" (NeurIPS 2022).
 */
import { join } from "node:path";
import { datasetOf, historiesOf, lastOfEach, postsOf, type Event } from "./events.ts";
import { numbersOf, rowsOf } from "./files.ts";
import type { BenchmarkInput, Experiment } from "./experiment.ts";

const PARTS = ["train", "val", "test"] as const;
type Parts = Readonly<Record<(typeof PARTS)[number], readonly Event[]>>;

/** P6: a file for each part, without order or time. */
export async function movies({ folder }: BenchmarkInput): Promise<Experiment> {
  const read = async (part: string) => {
    const lines = await numbersOf(join(folder, "ml-1m", `infinite_ae.${part}.txt`));
    return lines.flatMap(([user, ...posts]) => posts.map((post) => liked(user!, post, 0)));
  };
  const [train, val, test] = await Promise.all(PARTS.map(read));
  return experimentOf("P6: MovieLens-1M", { train: train!, val: val!, test: test! });
}

/** P7: one file, with times. */
export async function magazines({ folder }: BenchmarkInput): Promise<Experiment> {
  const columns = ["user", "item", "unix_s", "split"];
  const rows = await rowsOf(join(folder, "amazon-magazine", "magazine.tsv"), columns, "\t");
  const of = (part: string) =>
    rows
      .filter((it) => it["split"] === part)
      .map((it) => liked(Number(it["user"]), Number(it["item"]), Number(it["unix_s"]) * 1_000));
  const parts = { train: of("train"), val: of("val"), test: of("test") };
  return experimentOf("P7: Amazon Magazine", parts);
}

function experimentOf(name: string, { train, val, test }: Parts): Experiment {
  const all = [...train, ...val, ...test];
  const users = [...new Set(all.map((it) => it.userKey))];
  const known = lastOfEach([...train, ...val]);
  const asOfMs = known.reduce((max, it) => Math.max(max, it.atMs), 0);
  const posts = postsOf([...new Set(all.map((it) => it.postKey))].map((id) => ({ id })));
  return {
    protocol: `${name}, ∞-AE's split: ${test.length} of ${all.length} likes held out, ${val.length} only in the queries`,
    data: datasetOf(posts, historiesOf(lastOfEach(train), users), asOfMs),
    split: {
      before: historiesOf(known, users),
      after: historiesOf(lastOfEach(test), users),
      asOfMs,
      countsKnown: true,
    },
    inner: { by: "random", share: 0.1 },
  };
}

function liked(userKey: number, postKey: number, atMs: number): Event {
  return { userKey, postKey, kind: "like", value: 1, atMs };
}
