import { beforeEach, describe, expect, test } from "bun:test";
import { backfill } from "../../src/text/backfill.ts";
import { textHash } from "../../src/text/text.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { somePost, someUser } from "../support/records.ts";

const post = (id: number, title: string, viewCount = 0) =>
  somePost(id, { categories: [], title, slug: "", viewCount, createdAtMs: id });

let store: StoreFile;
let encoded: string[];
beforeEach(() => {
  store = openStore(":memory:");
  encoded = [];
});

const unitOf = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));

/** Encodes into one number, notes what it was asked, and fails at `failAt`. */
const encoder = (model = "m@1", failAt = Infinity) => ({
  model,
  encode: async (text: string) => {
    if (encoded.length >= failAt) throw new Error("killed");
    encoded.push(text);
    return unitOf(text.length);
  },
});
const run = (by = encoder(), extraTexts: string[] = []) =>
  backfill(store, by, extraTexts, () => {});
const vectorOf = async (text: string, model = "m@1") =>
  (await store.embeddings.get(model, [textHash(text)])).get(textHash(text));

describe("a backfill", () => {
  test("encodes extra texts first, then posts from the newest, then users; nothing twice", async () => {
    await store.posts.record([post(1, "old"), post(3, "new"), post(2, "between")], 1);
    await store.posts.record([post(4, "old"), post(5, "")], 1);
    await store.users.record([someUser(0, "", { role: "", bio: "runs" })], 1);
    expect(await run(encoder(), ["calm", "", "calm", "between"])).toBe(5);
    expect(encoded).toEqual(["calm", "between", "old", "new", "runs"]);
    expect(await run(encoder(), ["calm"])).toBe(0);
    expect(await vectorOf("new")).toEqual(unitOf(3));
  });

  test("that is killed loses a few texts, and the next one does the rest", async () => {
    const titles = Array.from({ length: 500 }, (_, n) => `title ${n}`);
    await store.posts.record(
      titles.map((title, n) => post(n, title)),
      1,
    );
    const cause = await run(encoder("m@1", 395)).catch((it: unknown) => it);
    expect(String(cause)).toContain("killed");
    const rest = await run();
    expect(rest).toBeGreaterThanOrEqual(500 - 395);
    expect(rest).toBeLessThan(500 - 395 + 10);
    expect(new Set(encoded).size).toBe(500);
    for (const title of titles) expect(await vectorOf(title)).toBeDefined();
  });

  test("encodes a post again when its text changed, and only then", async () => {
    await store.posts.record([post(1, "first"), post(2, "second")], 1);
    await run();
    await store.posts.record([post(1, "first, edited"), post(2, "second", 9)], 2);
    encoded = [];
    expect(await run()).toBe(1);
    expect(encoded).toEqual(["first, edited"]);
  });

  test("never takes one model's vectors for another's", async () => {
    await store.posts.record([post(1, "first")], 1);
    await run();
    expect(await run(encoder("m@2"))).toBe(1);
    expect(await vectorOf("first", "m@2")).toBeDefined();
    expect(await vectorOf("first", "other@1")).toBeUndefined();
  });

  test("tells how far it is, from nothing to everything", async () => {
    await store.posts.record(
      Array.from({ length: 20 }, (_, n) => post(n, `title ${n}`)),
      1,
    );
    const told: [number, number][] = [];
    await backfill(store, encoder(), ["calm"], (done, total) => told.push([done, total]));
    expect(told[0]).toEqual([0, 21]);
    expect(told.at(-1)).toEqual([21, 21]);
  });
});
