/** A session of an app that goes on for very long: it is read in parts, and its first posts are forgotten. */
import { expect, test } from "bun:test";
import { openServedLog } from "../../src/data/sqlite/open.ts";
import type { ServedLog } from "../../src/data/served-log.ts";
import type { PostKey } from "../../src/domain/ids.ts";
import { servedSessions } from "../../src/feed/served-sessions.ts";

const name = { userId: "ada", session: "s" };

/** Log `pages` pages of the session; page n has the posts from n · size on. */
async function fill(log: ServedLog, pages: number, size: number) {
  const probed = { sources: ["popular"], score: 1, probability: 1 };
  for (let n = 0; n < pages; n++)
    log.append({
      ...{ recommendationId: `r${n}`, atMs: n, ...name, list: "l", from: n * size, snapshot: "s" },
      ...{ policy: "feed", audience: "cold", match: [], fallback: [] },
      slots: Array.from({ length: size }, (_, slot) => ({ ...probed, post: (n * size + slot) as PostKey, slot: slot + 1 })), // prettier-ignore
    });
  await log.flush();
}

test("its pages are read some at a time, and other work is done between", async () => {
  const log = openServedLog(":memory:");
  await fill(log, 250, 2);
  const order: (number | string)[] = [];
  setImmediate(() => order.push("other work"));
  for await (const some of log.ofSession("ada", "s", 0)) order.push(some.length);
  expect(order).toEqual([100, "other work", 100, 50]);
  log.close();
});

test("its last 50,000 posts are remembered, after a restart too", async () => {
  const log = openServedLog(":memory:");
  await fill(log, 110, 500);
  const { posts, seq } = await servedSessions(() => log).read(name, []);
  expect([posts.size, seq]).toEqual([50_000, 110]);
  expect([4_999, 5_000, 54_999].map((it) => posts.has(it as PostKey))).toEqual([false, true, true]);
  log.close();
});
