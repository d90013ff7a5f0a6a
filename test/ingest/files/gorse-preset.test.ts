/** Files of Gorse as rows: JSON lines, CSV and backups. */
import { describe, expect, test } from "bun:test";
import { PbfWriter } from "pbf";
import type { RowName } from "../../../src/ingest/rows/row.ts";
import { presetRows } from "./preset-rows.ts";

const { rowsOf } = presetRows();

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
