/** Cache of users by name and of cards, valid for one version of the catalogue. */
import type { PostKey, UserId, UserKey } from "../domain/ids.ts";
import type { ServablePost } from "../data/catalogue.ts";
import type { Store } from "../data/contract.ts";

/** Most names, and most cards (about 30 MB). A full map is cleared: cheaper than finding the oldest entry. */
const ENTRIES = 20_000;

/** A user whom a client has named. */
export type KnownUser = { readonly key: UserKey; readonly id: UserId };

/** An open cache. */
export type StoreCache = ReturnType<typeof storeCache>;

/** Opens a cache in front of `users.find` and `posts.cards`; callers name the version they saw. */
export function storeCache({ users, posts, ids }: Pick<Store, "users" | "posts" | "ids">) {
  /** Only of known users: an event that makes one known does not change the version. */
  const names = new Map<string, KnownUser>();
  /** Of known users too. */
  const byId = new Map<UserId, KnownUser>();
  /** `null` for a post that may not be served. */
  const cards = new Map<PostKey, ServablePost | null>();
  let cachedVersion = -1;

  /** True if entries of this version may be used and kept; a newer version empties the cache. */
  function isCurrent(version: number): boolean {
    if (version > cachedVersion) {
      cachedVersion = version;
      names.clear();
      byId.clear();
      cards.clear();
    }
    return version === cachedVersion;
  }

  /** Keeps what was read as of `version`, unless a newer one has been seen meanwhile. */
  function keep<Key, Value>(version: number, into: Map<Key, Value>, entries: [Key, Value][]): void {
    if (!isCurrent(version)) return;
    if (into.size + entries.length > ENTRIES) into.clear();
    for (const [key, value] of entries) into.set(key, value);
  }

  return {
    /** The user that a client calls `name`. */
    find: async (version: number, name: string): Promise<KnownUser | undefined> => {
      const cached = isCurrent(version) ? names.get(name) : undefined;
      if (cached !== undefined) return cached;
      let key = await users.find(name);
      if (key === undefined && name !== name.trim()) key = await users.find(name.trim());
      const id = key && (await ids.userIds([key])).get(key);
      if (key === undefined || id === undefined) return undefined;
      const found = { key, id };
      keep(version, names, [[name, found]]);
      return found;
    },
    /** The user with this id. */
    findId: async (version: number, id: UserId): Promise<KnownUser | undefined> => {
      const cached = isCurrent(version) ? byId.get(id) : undefined;
      if (cached !== undefined) return cached;
      const key = (await ids.userKeys([id])).get(id);
      if (key === undefined) return undefined;
      keep(version, byId, [[id, { key, id }]]);
      return { key, id };
    },
    /** The cards of `keys`, in that order; `undefined` for a post that may not be served at `nowMs`. */
    cards: async (
      version: number,
      keys: readonly PostKey[],
      nowMs: number,
    ): Promise<(ServablePost | undefined)[]> => {
      const cached = isCurrent(version) ? keys.map((key) => cards.get(key)) : [];
      const missing = keys.filter((_, n) => cached[n] === undefined);
      if (missing.length === 0) return cached.map((it) => unexpired(it, nowMs));
      const found = await posts.cards(missing);
      keep(version, cards, missing.map((key) => [key, found.get(key) ?? null])); // prettier-ignore
      return keys.map((key, n) => unexpired(cached[n] ?? found.get(key), nowMs));
    },
  };
}

/** The post unless it has expired. */
export function unexpired(
  post: ServablePost | null | undefined,
  nowMs: number,
): ServablePost | undefined {
  const isOver = post?.expiresAtMs != null && post.expiresAtMs <= nowMs;
  return isOver ? undefined : (post ?? undefined);
}
