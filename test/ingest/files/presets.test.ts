/** Files of known data sets as rows. */
import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FileError } from "../../../src/ingest/files/contract.ts";
import { presetRows } from "./preset-rows.ts";

const { folder, rowsOf } = presetRows();

describe("MovieLens", () => {
  test("1M has no header, its own separator and latin1", async () => {
    const rows = ["ratings.dat", "1::1193::5::978300760\n"] as const;
    expect(await rowsOf("movielens", "events", ...rows)).toEqual([
      { user: "1", post: "1193", kind: "rating", value: 100, at: 978_300_760_000 },
    ]);
    const movies = Buffer.from("73::Misérables, Les (1995)::Drama|Musical\n", "latin1");
    expect(await rowsOf("movielens", "posts", "movies.dat", movies)).toEqual([
      {
        id: "73",
        title: "Misérables, Les (1995)",
        category: ["Drama", "Musical"],
        created_at: Date.UTC(1995, 0),
      },
    ]);
    expect(await rowsOf("movielens", "users", "users.dat", "1::F::1::10::48067\n")).toEqual([
      { id: "1" },
    ]);
  });

  test("later sets have headers, and tags beside the movies", async () => {
    writeFileSync(
      join(folder.path, "tags.csv"),
      "userId,movieId,tag,timestamp\n1,1,pixar,1\n2,1,Fun,1\n3,1,fun,1\n",
    );
    const movies =
      "movieId,title,genres\n1,Toy Story (1995),Comedy\n2,No year,(no genres listed)\n";
    expect(await rowsOf("movielens", "posts", "movies.csv", movies)).toEqual([
      {
        id: "1",
        title: "Toy Story (1995)",
        category: ["Comedy"],
        created_at: Date.UTC(1995, 0),
        tags: ["fun", "pixar"],
      },
      { id: "2", title: "No year", category: [] },
    ]);
    const ratings = "userId,movieId,rating,timestamp\n1,2,3.5,964982703\n";
    expect(await rowsOf("movielens", "events", "ratings.csv", ratings)).toEqual([
      { user: "1", post: "2", kind: "rating", value: 70, at: 964_982_703_000 },
    ]);
  });
});

test("KuaiRand's plays are views and its likes likes, in the order of their times", async () => {
  const log =
    "user_id\tvideo_id\ttime_ms\tlong_view\tis_like\tplay_time_ms\tduration_ms\n" +
    "7\t9\t1650812741436\t1\t1\t9000\t8000\n" +
    "7\t8\t1650812741437\t0\t0\t500\t0\n" +
    "7\t6\t1650812741438\t0\t0\t0\t8000\n";
  expect(await rowsOf("kuairand", "events", "log.tsv", log)).toEqual([
    { ...{ user: "7", post: "9", kind: "view", at: 1_650_812_741_436 }, watched_ms: 9_000, duration_ms: 8_000 }, // prettier-ignore
    { user: "7", post: "9", kind: "like", at: 1_650_812_741_436 },
    { user: "7", post: "8", kind: "view", at: 1_650_812_741_437, watched_ms: 500 },
  ]);
  const sequences = "user_id\twatch_seq\tlike_seq\tlong_watch_seq\n7\t4 2 3 2 1\t1 5\t3 2\n";
  const before = 1_650_812_741_436 - 86_400_000;
  const events = (await rowsOf("kuairand", "events", "train.tsv", sequences)) as {
    kind: string;
    post: string;
    at: number;
  }[];
  expect(events.map(({ kind, post, at }) => `${at - before} ${kind} ${post}`)).toEqual([
    ...["0 like 5", "1 view 4", "2 view 3", "3 view 2", "4 view 1", "4 like 1"],
  ]);
  const videos =
    'video_id,author_id,upload_dt,video_duration,tag\n1,5,2022-04-10,87433.0,"39,8"\n2,,,0.0,\n';
  expect(await rowsOf("kuairand", "posts", "videos.csv", videos)).toEqual([
    {
      id: "1",
      title: "",
      category: ["39"],
      tags: ["39", "8"],
      created_at: Date.UTC(2022, 3, 10),
      creator: "5",
      duration_ms: 87_433,
    },
    { id: "2", title: "", category: [], tags: [] },
  ]);
});

test("numbers of JSON that are no text, however large, are read as well", async () => {
  const line = '{"userId":12345678901234567890,"movieId":7,"rating":4.5,"timestamp":964982703}\n';
  expect(await rowsOf("movielens", "events", "ratings.jsonl", line)).toEqual([
    { user: "12345678901234567890", post: "7", kind: "rating", value: 90, at: 964_982_703_000 },
  ]);
  const broken =
    '{"userId":1,"movieId":7,"rating":{"a":12345678901234567890},"timestamp":12345678901234567890}\n';
  expect(await rowsOf("movielens", "events", "ratings.jsonl", broken)).toEqual([
    expect.stringContaining("expected"),
  ]);
});

test("a file of another program is refused with what the preset knows", async () => {
  const cause = await rowsOf("kuairand", "events", "other.csv", "a,b\n1,2\n").catch(
    (it: unknown) => it,
  );
  expect(cause).toBeInstanceOf(FileError);
  expect((cause as Error).message).toContain("holds no events that this preset knows (KuaiRand");
  expect((cause as Error).message).toContain("its columns are a, b");
});
