/** The demo catalogue: enough posts, all different, legible, dated and flagged as promised. */
import { expect, test } from "bun:test";
import { DEMO_END_MS, DEMO_START_MS, demoPosts } from "../../../src/ingest/demo/catalogue.ts";
import { CATEGORIES } from "../../../src/ingest/demo/categories.ts";
import { demoRows } from "../../../src/ingest/demo/upstream.ts";

const posts = demoPosts();
const rows = demoRows()["/posts/summary/get"] as readonly {
  title: string;
  slug: string;
  category: object;
  post_summary: { description?: string };
}[];
const descriptions = rows.flatMap((row) => row.post_summary.description ?? []);
const distinct = (list: readonly unknown[]) => new Set(list).size;

test("there are about 600 posts in 16 categories, each with a name and a gist of its own", () => {
  expect(posts.length).toBeGreaterThan(570);
  expect(posts.length).toBeLessThan(630);
  expect(distinct(posts.map(({ category }) => category.id))).toBe(16);
  expect(distinct(posts.map(({ id }) => id))).toBe(posts.length);
  expect(distinct(posts.map(({ name }) => name.toLowerCase()))).toBe(posts.length);
  expect(distinct(posts.map(({ gist }) => gist))).toBe(posts.length);
});

test("ids and dates ascend together, over 180 days up to the demo's present", () => {
  for (const [n, post] of posts.slice(1).entries()) {
    expect(post.id).toBeGreaterThan(posts[n]!.id);
    expect(post.createdAtMs).toBeGreaterThanOrEqual(posts[n]!.createdAtMs);
  }
  expect(posts[0]!.createdAtMs).toBeGreaterThanOrEqual(DEMO_START_MS);
  expect(posts.at(-1)!.createdAtMs).toBeLessThan(DEMO_END_MS);
  expect(DEMO_END_MS - posts.at(-1)!.createdAtMs).toBeLessThan(3 * 86_400_000);
});

test("series are dated in the order of their parts and linked from each part to the next", () => {
  const byId = new Map(posts.map((post) => [post.id, post]));
  for (const theme of CATEGORIES.flatMap(({ themes }) => themes)) {
    const parts = posts.filter((post) => post.theme === theme);
    if (theme.isSeries !== true) expect(parts.every(({ nextPart }) => nextPart === 0)).toBe(true);
    else {
      expect(parts.map(({ name }) => name)).toEqual(Object.keys(theme.posts));
      expect(parts.map(({ nextPart }) => byId.get(nextPart)?.name)).toEqual([
        ...Object.keys(theme.posts).slice(1),
        undefined,
      ]);
    }
  }
});

test("upstream's gaps are there: untitled posts, hash slugs, empty objects, three topics, locks", () => {
  const share = (holds: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(holds).length / rows.length;
  expect(rows.filter(({ title }) => title === "")).toHaveLength(20);
  expect(share(({ slug }) => /^[0-9a-f]{40}$/.test(slug))).toBeGreaterThan(0.2);
  expect(share(({ post_summary }) => Array.isArray(post_summary))).toBeGreaterThan(0.02);
  expect(rows.some(({ category }) => Array.isArray(category))).toBe(true);
  expect(posts.filter(({ hasTopic }) => hasTopic)).toHaveLength(3);
  expect(posts.filter(({ isLocked }) => isLocked)).toHaveLength(6);
  expect(posts.filter(({ isPublic }) => !isPublic)).toHaveLength(8);
  expect(CATEGORIES.some(({ name }) => name !== name.trim())).toBe(true);
});

test("descriptions are two to six sentences, all different, with nothing left to fill in", () => {
  expect(distinct(descriptions)).toBe(descriptions.length);
  for (const text of descriptions) {
    const sentences = text.replace("### Video Content Analysis\n\n", "").match(/[.?!…]”?(?= |$)/g);
    expect(sentences?.length, text).toBeWithin(2, 7);
    expect(text, text).not.toMatch(/[{}]|undefined| {2}/);
  }
});

test("no sentence is heard too often", () => {
  const heard = new Map<string, number>();
  for (const text of descriptions)
    for (const sentence of text.split(/(?<=[.?!]) /))
      heard.set(sentence, (heard.get(sentence) ?? 0) + 1);
  expect(Math.max(...heard.values())).toBeLessThanOrEqual(8);
});
