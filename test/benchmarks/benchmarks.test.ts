import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UNKNOWN, type Histories } from "../../src/domain/history.ts";
import { signalNamed } from "../../src/domain/known-signals.ts";
import { historyOf } from "../../src/evaluation/histories.ts";
import { BENCHMARKS } from "../../src/benchmarks/benchmarks.ts";
import type { Experiment } from "../../src/benchmarks/experiment.ts";
import { wholeCases } from "../../src/evaluation/cases.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { temporaryFolder } from "../support/folder.ts";

/** Reads a benchmark from files given by path. */
async function read(name: string, files: Readonly<Record<string, string>>): Promise<Experiment> {
  using folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  }
  const embed = async (texts: readonly string[]) => {
    told = texts;
    return {
      encoder: { model: "lengths@1", dimension: 1 },
      vectors: new Float32Array(texts.length).fill(1),
    };
  };
  return await BENCHMARKS[name]!({ folder: folder.path, embed, seed: 1 });
}
let told: readonly string[] = [];

/** Everybody's posts by user id. */
const postsOf = (all: Histories) =>
  Object.fromEntries(
    Array.from(all.userKeys, (id, user) => [id, [...historyOf(all, user).postKeys]]),
  );

test("P1 learns from one file and asks for the other, without any order", async () => {
  const experiment = await read("P1", {
    "ml-1m/ultragcn.train.txt": "0 5 3 9\n1 3\n",
    "ml-1m/ultragcn.test.txt": "0 4\n1 5 9\n",
  });
  expect(postsOf(experiment.data.histories)).toEqual({ 0: [5, 3, 9], 1: [3] });
  expect(postsOf(experiment.split.after)).toEqual({ 0: [4], 1: [5, 9] });
  expect([...experiment.data.posts.keys]).toEqual([3, 4, 5, 9]);
  expect(new Set(experiment.split.before.atMs).size).toBe(1);
  expect(experiment.inner.by).toBe("random");
});

test("P2 asks for everybody's last event, and keeps the order of the others", async () => {
  const experiment = await read("P2", {
    "ml-1m/ml1m_sequences_by_time.tsv":
      "userId\tmovieIds_oldest_to_newest\tsecond_last_source\n7\t30 10 20 40\trecovered\n8\t40 30\trecovered\n",
  });
  expect(postsOf(experiment.data.histories)).toEqual({ 7: [30, 10, 20], 8: [40] });
  expect(postsOf(experiment.split.after)).toEqual({ 7: [40], 8: [30] });
  expect([...historyOf(experiment.split.before, 0).atMs]).toEqual([0, 1, 2]);
  expect(experiment.inner).toEqual({ by: "last" });
});

describe("KuaiRand", () => {
  const log = (...rows: string[]) =>
    [
      "user_id\tvideo_id\ttime_ms\tlong_view\tis_like\tplay_time_ms\tduration_ms",
      ...rows.map((it) => it.replaceAll(" ", "\t")),
    ].join("\n");
  const files = {
    "kuairand-pure/train_sequences.tsv":
      "user_id\twatch_seq\tlike_seq\tlong_watch_seq\n1\t4 2 3 1\t1\t3 2\n2\t5\t\t5\n",
    "kuairand-pure/val.tsv": log(
      "1 6 5000000 1 1 9000 8000", // for long, and liked
      "1 7 5000001 0 0 2000 8000", // shortly
      "1 10 5000002 0 0 0 8000", // only shown
    ),
    "kuairand-pure/test.tsv": log(
      "1 8 6000000 1 0 9000 8000",
      "1 9 6000000 0 1 2000 8000",
      "1 7 6000001 1 0 9000 8000",
      "3 8 6000005 1 0 9000 8000",
    ),
    "kuairand-pure/video_features_basic_pure.csv":
      'video_id,upload_dt,tag\n1,2022-04-10,39\n2,2022-04-10,"2,8"\n7,,\n8,,\n',
  };
  /** Rows of the posts that the cases ask for. */
  const asked = ({ data, split }: Experiment) =>
    wholeCases(split, vocabulary(data.posts.keys), () => true).flatMap(({ positives }) =>
      [...positives].map((row) => data.posts.keys[row]),
    );

  test("P3 learns from long views and likes, and asks for the long views that came after", async () => {
    const P3 = await read("P3", files);
    // In the order watched; videos 4 and 7 were neither liked nor watched for long; user 3 has no past.
    expect(postsOf(P3.data.histories)).toEqual({ 1: [2, 3, 1, 6], 2: [5] });
    const names = Array.from(P3.data.histories.kinds, signalNamed);
    expect(names).toEqual(["view", "view", "like", "view", "view"]);
    expect(postsOf(P3.split.after)).toEqual({ 1: [8, 7], 2: [] });
    expect(asked(P3)).toEqual([8, 7]);
    expect(P3.data.posts.categories.map(([it]) => it?.name)).toEqual(["39", "2", undefined, undefined]); // prettier-ignore
    expect(P3.data.posts.createdAtMs[0]).toBe(Date.UTC(2022, 3, 10));
    expect(P3.inner).toEqual({ by: "time", share: 1 }); // all within two days of the cut
  });

  test("P3b learns from short views too, with their watch times, and asks for what was not seen at all", async () => {
    const P3b = await read("P3b", files);
    const { histories } = P3b.data;
    expect(postsOf(histories)).toEqual({ 1: [4, 2, 3, 1, 1, 6, 6, 7], 2: [5] });
    const names = Array.from(histories.kinds, signalNamed);
    expect(names.slice(3, 8)).toEqual(["view", "like", "view", "like", "view"]);
    expect([...histories.watchedMs.slice(4, 8)]).toEqual([UNKNOWN, 9_000, UNKNOWN, 2_000]);
    expect([...histories.durationMs.slice(4, 8)]).toEqual([UNKNOWN, 8_000, UNKNOWN, 8_000]);
    expect(asked(P3b)).toEqual([8]);
  });
});

test("P6 and P7 learn from one part, ask with two, and look for the third", async () => {
  const P6 = await read("P6", {
    "ml-1m/infinite_ae.train.txt": "0 5 3\n1 9\n",
    "ml-1m/infinite_ae.val.txt": "0 4\n",
    "ml-1m/infinite_ae.test.txt": "0 9 3\n1 5\n",
  });
  const row = (...it: (number | string)[]) => it.join("\t");
  const P7 = await read("P7", {
    "amazon-magazine/magazine.tsv": [
      row("user", "item", "unix_s", "split"),
      ...[row(0, 3, 20, "train"), row(0, 5, 10, "train"), row(1, 9, 30, "train")],
      ...[row(0, 4, 40, "val"), row(0, 9, 5, "test"), row(0, 3, 5, "test")],
      row(1, 5, 99, "test"),
    ].join("\n"),
  });
  for (const { data, split, inner } of [P6, P7]) {
    expect(postsOf(data.histories)).toEqual({ 0: expect.arrayContaining([3, 5]), 1: [9] });
    expect(postsOf(split.before)).toEqual({ 0: expect.arrayContaining([3, 5, 4]), 1: [9] });
    expect(postsOf(split.after)).toEqual({ 0: [9, 3], 1: [5] });
    expect(inner.by).toBe("random");
  }
  expect(P7.split.asOfMs).toBe(40_000);
  expect([...P7.data.histories.atMs]).toEqual([10_000, 20_000, 30_000]);
  // Row 0 is post 3, which the first person knew: it counts, as in the published figures.
  const cases = wholeCases(P7.split, vocabulary(P7.data.posts.keys), () => true);
  expect(cases.map((it) => [...it.positives])).toEqual([[3, 0], [2]]);
});

describe("P4", () => {
  const ratings = Array.from(
    { length: 10 },
    (_, n) => `${1 + (n % 2)},${10 + n},${n === 8 ? 3.5 : 4},${100 + n}`,
  );
  const files = {
    "ml-latest-small/ratings.csv": [
      "userId,movieId,rating,timestamp",
      ...ratings,
      "9,999999,5,1",
    ].join("\n"),
    "ml-latest-small/movies.csv": [
      "movieId,title,genres",
      ...Array.from({ length: 10 }, (_, n) => `${10 + n},Film ${n} (199${n}),Drama|War`),
      "20,Unseen,(no genres listed)",
    ].join("\n"),
    "ml-latest-small/tags.csv": "userId,movieId,tag,timestamp\n1,10,Slow,50\n1,10,later,900\n",
  };

  test("learns from the oldest four fifths and asks for the good ones of the rest", async () => {
    const { data, split } = await read("P4", files);
    expect(postsOf(data.histories)).toEqual({ 1: [10, 12, 14, 16], 2: [11, 13, 15, 17] });
    expect(postsOf(split.after)).toEqual({ 1: [], 2: [19] });
    expect(data.histories.values[0]).toBe(80);
    expect(data.posts.keys).toHaveLength(11);
    expect(data.posts.categories[0]![0]!.name).toBe("Drama");
    expect(data.posts.categories[10]).toEqual([]);
  });

  test("reads as text the title, the genres and the tags that were there before the cut", async () => {
    const { data } = await read("P4", files);
    expect(told[0]).toBe("Film 0 (1990)\nDrama, War\nslow");
    expect(told[10]).toBe("Unseen");
    expect(data.embedded).toBe(11);
    expect(data.encoder).toEqual({ model: "lengths@1", dimension: 1 });
  });

  test("becomes P5 when a fifth of the posts lose their past and only they are asked for", async () => {
    const { data, split, only } = await read("P5", files);
    expect(only!.size).toBeGreaterThan(0);
    expect(only!.size).toBeLessThan(8);
    const known = [...data.histories.postKeys];
    expect(known.length).toBeGreaterThan(0);
    expect(known.filter((id) => only!.has(id))).toEqual([]);
    expect([...split.after.postKeys].filter((id) => !only!.has(id))).toEqual([]);
    expect(data.posts.keys).toHaveLength(11);
  });
});
