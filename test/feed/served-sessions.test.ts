/** What sessions of apps remember of the posts that they were served. */
import { expect, test } from "bun:test";
import type { PostKey, UserId, UserKey } from "../../src/domain/ids.ts";
import { servedSessions } from "../../src/feed/served-sessions.ts";

const ada = (key?: number) => ({ id: "ada" as UserId, key: key as UserKey | undefined });
const post = (key: number) => key as PostKey;

test("a session goes on when its user becomes known, and is forgotten when they are erased", () => {
  const sessions = servedSessions();
  expect([sessions.claim(ada(), "s", post(1)), sessions.claim(ada(), "s", post(1))]).toEqual([true, false]); // prettier-ignore
  expect(sessions.claim(ada(7), "s", post(2))).toBe(true);
  expect([...sessions.of(ada(7), "s")]).toEqual([1, 2].map(post));
  expect([...sessions.of(ada(), "s"), ...sessions.of(ada(8), "s"), ...sessions.of(ada(7), "t")]).toEqual([]); // prettier-ignore
});
