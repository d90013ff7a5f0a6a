/**
 * Posts that sessions of apps were served, so that none comes twice in one. In memory, of this process
 * alone, until there is a log of what was served.
 */
import { LRUCache } from "lru-cache";
import type { PostKey, UserId, UserKey } from "../domain/ids.ts";

/** Most posts that a session remembers; the oldest are forgotten first. */
const SESSION_POSTS_MAX = 10_000;
/** Memory of all sessions, in posts (some 50 bytes each). */
const POSTS_MAX = 2_000_000;
/** Memory of a session without its posts, in posts. */
const SESSION_POSTS = 20;

/** The posts of a session, in the order in which they were served. */
export type ServedPosts = ReadonlySet<PostKey>;

/** Whose session it is. An erased user gets another key: what they were served is not found again. */
type SessionUser = { readonly id: UserId; readonly key: UserKey | undefined };

/** Opens the memory of sessions. */
export function servedSessions() {
  const sessions = new LRUCache<string, Set<PostKey>>({
    maxSize: POSTS_MAX,
    sizeCalculation: ({ size }) => SESSION_POSTS + size,
  });
  const keyOf = (user: UserId | UserKey, session: string) => JSON.stringify([user, session]);
  /** Key of a session. What was served to somebody before the store knew them goes on under their key. */
  const keyFor = ({ id, key }: SessionUser, session: string) => {
    if (key === undefined) return keyOf(id, session);
    const [known, before] = [keyOf(key, session), keyOf(id, session)];
    const served = sessions.get(before);
    if (served !== undefined) sessions.set(known, served);
    sessions.delete(before);
    return known;
  };

  return {
    /** The posts that a user's session was served so far. */
    of: (user: SessionUser, session: string): ServedPosts =>
      new Set(sessions.get(keyFor(user, session))),
    /** Remembers a post that the session is served now; false if it was before. */
    claim: (user: SessionUser, session: string, post: PostKey): boolean => {
      const key = keyFor(user, session);
      const served = sessions.get(key) ?? new Set<PostKey>();
      if (served.has(post)) return false;
      const [oldest] = served;
      if (served.size >= SESSION_POSTS_MAX) served.delete(oldest!);
      served.add(post);
      sessions.delete(key); // its size has changed
      sessions.set(key, served);
      return true;
    },
  };
}
