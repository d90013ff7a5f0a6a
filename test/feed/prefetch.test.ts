/** Posts that an app may load ahead. */
import { expect, test } from "bun:test";
import { prefetchOf } from "../../src/feed/prefetch.ts";

const MINUTE = 60_000;
const expiring = (...minutes: (number | null)[]) =>
  minutes.map((it) => ({ expiresAtMs: it === null ? null : 1_000 + it * MINUTE }));

test("all posts of a page hold for ten minutes, or those before the first that expires sooner", () => {
  expect(prefetchOf(expiring(null, 11, null), 1_000)).toMatchObject({ posts: 3, holdMs: 10 * MINUTE }); // prettier-ignore
  expect(prefetchOf(expiring(null, 9, null), 1_000).posts).toBe(1);
  expect(prefetchOf([], 1_000).posts).toBe(0);
});

test("what a user wants or refuses voids them; what they watch or like does not", () => {
  expect<string[]>([...prefetchOf([], 0).voidOn]).toEqual(["hide", "report", "more", "less"]);
});
