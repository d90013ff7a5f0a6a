/** What was read from the store, kept for as long as nobody writes to it. */
import type { PostKey, UserKey } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";
import type { Store } from "../data/sqlite/open.ts";

/** Names, and cards, kept: about 30 MB of cards. Begun anew when full: cheaper than to know the oldest. */
const KEPT = 20_000;

/**
 * `users.find` and `posts.cards`, answered from memory while the store is unchanged: callers say
 * which version of it they have seen.
 */
export function storeCache({ users, posts }: Pick<Store, "users" | "posts">) {
  const ids = new Map<string, UserKey | null>();
  /** `null` of a post that may not be served. */
  const cards = new Map<PostKey, Card | null>();
  let readAt = -1;
  /** Whether what is read for this version may be kept: an older one has come too late. */
  const isNewest = (version: number) => {
    if (version > readAt) {
      readAt = version;
      ids.clear();
      cards.clear();
    }
    return version === readAt;
  };

  async function read(version: number, missing: readonly PostKey[]) {
    const found = await posts.cards(missing);
    if (isNewest(version)) {
      if (cards.size + missing.length > KEPT) cards.clear();
      for (const id of missing) cards.set(id, found.get(id) ?? null);
    }
    return found;
  }

  return {
    find: async (version: number, name: string): Promise<UserKey | undefined> => {
      const known = isNewest(version) ? ids.get(name) : undefined;
      if (known !== undefined) return known ?? undefined;
      const id = await users.find(name);
      if (isNewest(version)) {
        if (ids.size >= KEPT) ids.clear();
        ids.set(name, id ?? null);
      }
      return id;
    },
    /** The cards of `wanted`, in that order; `undefined` for a post that may not be served. */
    cards: async (version: number, wanted: readonly PostKey[]): Promise<(Card | undefined)[]> => {
      const known = isNewest(version) ? wanted.map((id) => cards.get(id)) : [];
      const missing = wanted.filter((_, n) => known[n] === undefined);
      const found = missing.length > 0 ? await read(version, missing) : undefined;
      return wanted.map((id, n) => known[n] ?? found?.get(id));
    },
  };
}
