/** Posts in few words, read once each and kept. */
import { useEffect, useState } from "preact/hooks";
import { read } from "../api.ts";
import type { Post } from "./types.ts";

const known = new Map<string, Post>();
/** Times at which posts were asked for that are not there, by id. */
const absent = new Map<string, number>();
/** Time after which such a post is asked for again, milliseconds. */
const AGAIN_MS = 30_000;
/** Posts of one request. */
const MOST = 100;

/** Reads those that are not known yet. */
async function readPosts(ids: readonly string[]): Promise<void> {
  const nowMs = Date.now();
  const missing = [...new Set(ids)].filter(
    (id) => !known.has(id) && nowMs - (absent.get(id) ?? -Infinity) > AGAIN_MS,
  );
  for (const id of missing) absent.set(id, nowMs);
  for (let n = 0; n < missing.length; n += MOST) {
    const query = missing.slice(n, n + MOST).map((id) => ["id", id]);
    const { posts } = await read<{ posts: readonly Post[] }>(
      `/posts?${new URLSearchParams(query)}`,
    );
    for (const it of posts) known.set(it.id, it);
  }
}

/** The posts of `ids`; `undefined` for those that are not there, yet or at all. */
export function usePosts(ids: readonly string[]): (id: string) => Post | undefined {
  const [, redraw] = useState(0);
  const key = ids.join("\n");
  useEffect(() => {
    let isGone = false;
    if (ids.length > 0)
      readPosts(ids).then(
        () => !isGone && redraw((it) => it + 1),
        () => {},
      );
    return () => void (isGone = true);
  }, [key]);
  return (id) => known.get(id);
}
