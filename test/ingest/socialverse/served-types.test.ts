/** Whatever upstream sends, what is served has the types that the API's own document promises. */
import { describe, expect, test } from "bun:test";
import { getSchemaValidator } from "elysia";
import fc from "fast-check";
import type { Post as DomainPost } from "../../../src/domain/post.ts";
import type { PostId } from "../../../src/domain/ids.ts";
import { Post } from "../../../src/http/post.ts";
import { similarReply } from "../../../src/http/render.ts";
import { openStore } from "../../../src/data/sqlite/open.ts";
import { toPost, toUser } from "../../../src/ingest/socialverse/schema.ts";
import { PLANTED } from "../../support/dataset.ts";
import { postRow } from "../../support/rows.ts";

const validator = getSchemaValidator(Post, { dynamic: true })!;

/** A post as a client gets it. */
async function served({ card }: DomainPost): Promise<Record<string, unknown>> {
  const reply = await similarReply([{ id: "1" as PostId, card, similarity: 1 }]).json();
  return (reply as { post: Record<string, unknown>[] }).post[0]!;
}

async function expectFits(post: DomainPost): Promise<void> {
  const found = await served(post);
  if (!validator.Check(found))
    throw new Error([...validator.Errors(found)].map((it) => `${it.path}: ${it.message}`).join());
}

const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  category: ["id", "name", "count", "description", "image_url"],
  topic: [
    ...["id", "name", "description", "image_url", "slug", "is_public", "project_code"],
    ...["posts_count", "language", "created_at", "owner"],
  ],
  baseToken: ["address", "name", "symbol", "image_url"],
};
const OWNER = ["first_name", "last_name", "name", "username", "profile_url", "user_type", "email"];
const KEYS = Object.keys(postRow(1)).filter((it) => it !== "id");

/** JSON as it arrives, numbers that overflow to infinity included. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "12",
    "-3",
    "1e9",
    "true",
    "0",
    "2024-02-29 10:00:00",
    "\ud800",
    "x".repeat(9_999),
  ),
  fc.constantFrom(...[1e308, -1e308, Infinity, 2 ** 60, -20, 0.5, true, false, null, [], {}]),
  fc.constant(JSON.parse('{"__proto__":{"id":1},"constructor":2,"toString":null}') as unknown),
);
const objectOf = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...keys), value);
const tag = fc.oneof(anything, objectOf(["id", "name", "slug", "email"], anything));
const fields: Record<string, fc.Arbitrary<unknown>> = {
  ...Object.fromEntries(KEYS.map((key) => [key, anything])),
  ...Object.fromEntries(
    Object.entries(OBJECTS).map(([key, keys]) => [
      key,
      fc.oneof(anything, objectOf(keys, anything)),
    ]),
  ),
  topic: objectOf(OBJECTS["topic"]!, fc.oneof(anything, objectOf(OWNER, anything))),
  tags: fc.oneof(anything, fc.array(tag)),
};
const row = fc.record(fields, { requiredKeys: [] });

describe("a served post", () => {
  test("fits the document, whatever is in its fields, and the store takes it", async () => {
    using store = openStore(":memory:");
    const property = fc.asyncProperty(row, fc.maxSafeInteger(), async (fields, n) => {
      const post = toPost({ ...fields, id: Math.abs(n) })!;
      await expectFits(post);
      expect(await store.posts.record([post], 1)).toBeGreaterThanOrEqual(0);
    });
    await fc.assert(property, { seed: 1, numRuns: 2_000 });
  });

  test("fits the document with one kind of value in every field", async () => {
    for (const value of [
      7,
      -7,
      0.5,
      1e308,
      "7",
      "",
      "text",
      true,
      null,
      [],
      {},
      [{}],
      { id: {} },
    ]) {
      const inner = (keys: readonly string[]) =>
        Object.fromEntries(keys.map((key) => [key, value]));
      const all = { ...inner(KEYS), id: 1 };
      await expectFits(toPost(all)!);
      const owner = inner(OWNER);
      const objects = Object.entries(OBJECTS).map(([key, keys]) => [key, inner(keys)] as const);
      const nested = {
        ...all,
        ...Object.fromEntries(objects),
        tags: [value, inner(["id", "name"])],
      };
      await expectFits(toPost(nested)!);
      await expectFits(toPost({ ...nested, topic: { ...inner(OBJECTS["topic"]!), owner } })!);
    }
  });

  test("carries what was sent as text as the number, time or text that it stands for", async () => {
    const odd = {
      title: 12345,
      view_count: "12",
      created_at: "2024-02-29 10:00:00",
      is_locked: "0",
    };
    expect(await served(toPost(postRow(1, odd))!)).toMatchObject({
      title: "12345",
      view_count: 12,
      created_at: Date.UTC(2024, 1, 29, 10),
      is_locked: false,
    });
  });

  test("stays small, however long its texts and lists are", async () => {
    const long = "x".repeat(1_000_000);
    const huge = Object.fromEntries(KEYS.map((key) => [key, long]));
    const post = toPost({ ...huge, id: 1, tags: Array(10_000).fill(long) })!;
    expect(JSON.stringify(post).length).toBeLessThan(300_000);
  });

  test("holds no key and no nesting that is not listed, in any field", () => {
    const planted = { email: `${PLANTED}@example.test`, wallet: { seed: [PLANTED] } };
    const deep = [planted, [planted], { name: planted, id: planted, slug: [planted] }, PLANTED];
    for (const value of [planted, [planted], [[planted]], { name: planted, owner: planted }])
      for (const key of KEYS.filter((it) => it !== "post_summary")) {
        const { summary: _, ...stored } = toPost(postRow(1, { [key]: value }))!;
        expect(JSON.stringify(stored)).not.toContain(PLANTED);
        const topic = { id: 1, name: "x", owner: { ...planted, username: "x" }, [key]: value };
        const { summary: __, ...inTopic } = toPost(postRow(1, { topic, category: topic }))!;
        expect(JSON.stringify(inTopic)).not.toContain(PLANTED);
      }
    const tags = [...deep.slice(0, 3), "run", { id: 1, name: "rain", owner: planted }, { id: 2 }];
    tags.push(JSON.stringify(planted), ` [${JSON.stringify(planted)}]`, `${PLANTED}@example.test`);
    const post = toPost(postRow(1, { tags }))!;
    expect(post.tags).toBe("run, rain");
    expect(post.card.tail).toEndWith('"tags":["run",{"id":1,"name":"rain"}]}');
  });
});

test("of a user no names are kept, and nothing that is not listed", () => {
  const planted = { email: PLANTED };
  const keys = ["first_name", "last_name", "name", "email", "bio", "role", "user_type", "username"];
  for (const key of keys.slice(0, 4))
    expect(JSON.stringify(toUser({ id: 1, [key]: PLANTED }))).not.toContain(PLANTED);
  for (const key of keys)
    expect(JSON.stringify(toUser({ id: 1, [key]: planted }))).not.toContain(PLANTED);
});
