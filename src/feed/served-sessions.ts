/**
 * Sessions of apps: what each was served, as the served log has it, so that no post comes twice in one. Every process
 * reads what others have logged since it last looked.
 */
import { LRUCache } from "lru-cache";
import type { LoggedPage, ServedLog, ServedPage } from "../data/served-log.ts";
import type { PostKey } from "../domain/ids.ts";
import type { Failure } from "../ranking/attempt.ts";
import type { Cursor } from "./cursor.ts";

/** Memory of all sessions, in posts (some 50 bytes each). */
const POSTS_MAX = 2_000_000;
/** Posts, and pages, that one session is remembered by, the last ones: days of swiping, and a few MB. */
const SESSION_MAX = 50_000;
/** Memory of a session without its posts, in posts: its entry in the cache. */
const SESSION_POSTS = 20;
/** Memory of a page, in posts: the name of its place. */
const PAGE_POSTS = 5;

/** The posts of a session, in the order in which they were served. */
export type ServedPosts = ReadonlySet<PostKey>;

/** A session of a user. */
type SessionName = { readonly userId: string; readonly session: string };

/** The posts and pages of a session so far. */
type AppSession = SessionName & {
  readonly posts: ServedPosts;
  /** Seq of the newest page. */
  readonly seq: number;
};

/** As the cache keeps it. */
type Memory = {
  seq: number;
  readonly posts: Set<PostKey>;
  /** Seq of each page by the place that the request named. */
  readonly pages: Map<string, number>;
};

/** Opens the memory of sessions by their users and names. */
function sessionMemories() {
  const memories = new LRUCache<string, Memory>({
    maxSize: POSTS_MAX,
    sizeCalculation: ({ posts, pages }) => SESSION_POSTS + posts.size + PAGE_POSTS * pages.size,
  });
  const keyOf = ({ userId, session }: SessionName) => JSON.stringify([userId, session]);
  return {
    clear: () => memories.clear(),
    of: (name: SessionName): Memory =>
      memories.get(keyOf(name)) ?? { seq: 0, posts: new Set(), pages: new Map() },
    keep: (name: SessionName, memory: Memory): void => {
      const key = keyOf(name);
      memories.delete(key); // its size has changed
      memories.set(key, memory);
    },
  };
}

const placeOf = ({ list, from }: Pick<Cursor, "list" | "from">) => `${list}.${from}`;

function add(memory: Memory, page: ServedPage, seq: number): void {
  addPosts(memory, page);
  memory.pages.set(placeOf(page), seq);
  dropFirst(memory.pages);
  memory.seq = seq;
}

function addPosts({ posts }: Memory, { slots }: ServedPage): void {
  for (const { post } of slots) posts.add(post);
  dropFirst(posts);
}

/** Drops what has been longest in a set or map of more than {@link SESSION_MAX}. */
function dropFirst<Key>(all: Set<Key> | Map<Key, unknown>): void {
  for (const key of all.keys()) {
    if (all.size <= SESSION_MAX) return;
    all.delete(key);
  }
}

/** Opens the sessions. While the log fails, they are those of this process. */
export function servedSessions(log: () => ServedLog) {
  const memories = sessionMemories();
  let erasures: number | undefined;

  async function readNewer(name: SessionName): Promise<void> {
    const now = await log().erasures();
    if (now !== erasures) memories.clear();
    erasures = now;
    const memory = memories.of(name);
    const { seq } = memory;
    for await (const newer of log().ofSession(name.userId, name.session, seq))
      // Another request may have read the same ones meanwhile.
      for (const page of newer) if (page.seq > memory.seq) add(memory, page, page.seq);
    // After an erasure meanwhile, it may hold what is erased.
    if (memory.seq > seq && erasures === now) memories.keep(name, memory);
  }

  return {
    /** The session as every process knows it. */
    read: async (name: SessionName, faults: Failure[]): Promise<AppSession> => {
      await readNewer(name).catch((cause: unknown) => faults.push(failed(cause)));
      const { seq, posts } = memories.of(name);
      return { ...name, seq, posts };
    },
    /** The page that the session was served at a place of a list. */
    pageAt: async (session: AppSession, place: Cursor): Promise<LoggedPage | undefined> => {
      const seq = memories.of(session).pages.get(placeOf(place));
      return seq === undefined
        ? undefined
        : log()
            .page(seq)
            .catch(() => undefined);
    },
    /** Logs a page that the session is served now; false if it was served another meanwhile. */
    claim: async (session: AppSession, page: ServedPage, faults: Failure[]): Promise<boolean> => {
      try {
        const seq = await log().claim(page, session.seq);
        if (seq === undefined) return false;
        if (seq === session.seq) return true; // the user was erased meanwhile
        const memory = memories.of(session);
        // Else it was read by another request, or has left the cache: the next request reads what is missing.
        if (memory.seq === session.seq) add(memory, page, seq);
        memories.keep(session, memory);
      } catch (cause) {
        faults.push(failed(cause));
        const memory = memories.of(session);
        addPosts(memory, page);
        memories.keep(session, memory);
      }
      return true;
    },
  };
}

const failed = (cause: unknown): Failure => ({ stage: "served_log", cause });
