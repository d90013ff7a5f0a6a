/** Files of known data sets and of Gorse as rows. */
import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PbfWriter } from "pbf";
import { FileError } from "../../../src/ingest/files/contract.ts";
import { openFileRows } from "../../../src/ingest/files/file-rows.ts";
import type { PRESETS } from "../../../src/ingest/files/presets/presets.ts";
import type { RowName } from "../../../src/ingest/rows/row.ts";
import { folderOfTests } from "../../support/test-folder.ts";

const folder = folderOfTests();

/** The rows of a file, and the details of refusals. */
async function rowsOf(
  preset: keyof typeof PRESETS,
  kind: RowName,
  name: string,
  content: string | Uint8Array,
): Promise<readonly unknown[]> {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  const all: unknown[] = [];
  const { batches } = await openFileRows(path, kind, { preset, nowMs: Date.UTC(2026, 0) });
  for await (const it of batches) all.push(...it.rows, ...it.refused.map(({ detail }) => detail));
  return all;
}

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

describe("Gorse", () => {
  const POST = {
    id: "a",
    title: "Knots",
    category: ["crafts"],
    tags: ["rope", "sea"],
    created_at: Date.UTC(2024, 4, 1, 12),
    hidden: true,
  };

  test("exports JSON lines", async () => {
    const items =
      '{"ItemId":"a","IsHidden":true,"Categories":["crafts"],"Timestamp":"2024-05-01T12:00:00Z","Labels":{"tags":["rope","sea"],"embedding":[0.1]},"Comment":"Knots"}\n' +
      '{"ItemId":"b","IsHidden":false,"Categories":null,"Timestamp":"0001-01-01T00:00:00Z","Labels":null,"Comment":""}\n';
    expect(await rowsOf("gorse-dump", "posts", "items.jsonl", items)).toEqual([
      POST,
      { id: "b", title: "", tags: [], hidden: false },
    ]);
    const feedback =
      '{"FeedbackType":"read","UserId":"u","ItemId":"a","Value":0,"Timestamp":"2024-05-01T12:00:00Z","Comment":""}\n' +
      '{"FeedbackType":"purchase","UserId":"u","ItemId":"a","Timestamp":"2024-05-01T12:00:00Z","Comment":""}\n';
    expect(await rowsOf("gorse-dump", "events", "feedback.jsonl", feedback)).toEqual([
      { user: "u", post: "a", kind: "view", at: Date.UTC(2024, 4, 1, 12) },
      expect.stringContaining('got "purchase"'),
    ]);
    const users = '{"UserId":"u","Labels":["knots","sailing"],"Comment":"Ada Lovelace"}\n';
    expect(await rowsOf("gorse-dump", "users", "users.jsonl", users)).toEqual([
      { id: "u", text: "knots, sailing" },
    ]);
  });

  test("exported CSV before", async () => {
    const items =
      "item_id,is_hidden,categories,timestamp,labels,description\r\na,true,crafts,2024-05-01 12:00:00 +0000 UTC,rope|sea,Knots\r\n";
    expect(await rowsOf("gorse-dump", "posts", "items.csv", items)).toEqual([POST]);
    const feedback =
      "feedback_type,user_id,item_id,time_stamp\r\nread,u,a,2024-05-01 12:00:00 +0000 UTC\r\n";
    expect(await rowsOf("gorse-dump", "events", "feedback.csv", feedback)).toEqual([
      { user: "u", post: "a", kind: "view", at: POST.created_at },
    ]);
  });

  /** A message of fields by tag, with its length before it. */
  const framed = (fields: Readonly<Record<number, string | boolean | number>>) => {
    const pbf = new PbfWriter();
    for (const [tag, value] of Object.entries(fields)) {
      if (typeof value === "string") pbf.writeStringField(Number(tag), value);
      else if (typeof value === "boolean") pbf.writeBooleanField(Number(tag), value);
      else pbf.writeMessage(Number(tag), (seconds, own) => own.writeVarintField(1, seconds), value);
    }
    const message = Buffer.from(pbf.finish());
    return Buffer.concat([number(message.length), message]);
  };
  const number = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    return bytes;
  };
  const seconds = Date.UTC(2024, 4, 1, 12) / 1_000;
  const BACKUP = Buffer.concat([
    number(-1),
    framed({ 1: "u", 2: '["knots"]', 3: "Ada Lovelace" }),
    number(-2),
    framed({ 2: "a", 3: true, 4: "crafts", 5: seconds, 6: '["rope","sea"]', 7: "Knots" }),
    framed({ 2: "b", 5: -62_135_596_800, 6: "null" }),
    number(-3),
    framed({ 2: "read", 3: "u", 4: "a", 5: seconds, 6: "" }),
    number(0),
    Buffer.from('{"Users":1}'),
  ]);

  test("dumps backups that hold all three", async () => {
    const read = (kind: RowName) => rowsOf("gorse-dump", kind, "backup.bin", BACKUP);
    expect(await read("users")).toEqual([{ id: "u", text: "knots" }]);
    expect(await read("posts")).toEqual([POST, { id: "b", title: "", tags: [], hidden: false }]);
    expect(await read("events")).toEqual([
      { user: "u", post: "a", kind: "view", at: seconds * 1_000 },
    ]);
    const long = Buffer.concat([
      ...[-1, -2, -3].map(number),
      ...Array.from({ length: 20_000 }, (_, n) => framed({ 2: "read", 3: `u${n}`, 4: "a" })),
      number(0),
    ]);
    const events = (await rowsOf("gorse-dump", "events", "long.bin", long)) as { user: string }[];
    expect(events.map((it) => it.user)).toEqual(events.map((_, n) => `u${n}`));
    expect(events).toHaveLength(20_000);
    const cut = rowsOf("gorse-dump", "users", "cut.bin", BACKUP.subarray(0, -30));
    expect(await cut.catch((it: Error) => it.message)).toContain("ends within its message 4");
  });
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
