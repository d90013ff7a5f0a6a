/** What was read from the store, kept for as long as nobody writes to it. */
import { LRUCache } from "lru-cache";
import type { Card, PostId } from "../../domain.ts";
import type { Store } from "../../store/open.ts";

/** Names and cards kept: about 30 MB of cards. */
const NAMES = 20_000;
const CARDS = 20_000;

/** `users.find` and `posts.cards`, answered from memory while the store is unchanged. */
export function unchanged({ users, posts, version }: Pick<Store, "users" | "posts" | "version">) {
  const ids = new LRUCache<string, { readonly id: Awaited<ReturnType<typeof users.find>> }>({
    max: NAMES,
  });
  /** A post that may not be served has no card. */
  const cards = new LRUCache<PostId, { readonly card: Card | undefined }>({ max: CARDS });
  let readAt = -1;
  const forgetIfChanged = () => {
    const now = version();
    if (now === readAt) return;
    readAt = now;
    ids.clear();
    cards.clear();
  };

  return {
    find: async (name: string): ReturnType<typeof users.find> => {
      forgetIfChanged();
      const known = ids.get(name);
      if (known !== undefined) return known.id;
      const at = readAt;
      const id = await users.find(name);
      if (at === readAt) ids.set(name, { id });
      return id;
    },
    /** The cards of `wanted`, in that order; `undefined` for a post that may not be served. */
    cards: async (wanted: readonly PostId[]): Promise<(Card | undefined)[]> => {
      forgetIfChanged();
      const at = readAt;
      const missing = wanted.filter((id) => !cards.has(id));
      const read = missing.length > 0 ? await posts.cards(missing) : undefined;
      const found = wanted.map((id) => cards.get(id)?.card ?? read?.get(id));
      if (at === readAt) for (const id of missing) cards.set(id, { card: read?.get(id) });
      return found;
    },
  };
}
