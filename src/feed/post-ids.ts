/** Cache of the ids of posts: an id keeps its key for ever. */
import type { PostId, PostKey } from "../domain/ids.ts";
import type { Store } from "../data/contract.ts";

/** Most ids (about 5 MB). A full map is cleared: cheaper than finding the oldest entry. */
const ENTRIES = 50_000;

/** The ids of posts, in the order of their keys. */
export type IdsOf = (keys: readonly PostKey[]) => Promise<readonly PostId[]>;

/** Opens a cache in front of `ids.postIds`. */
export function postIdCache({ ids }: Pick<Store, "ids">): IdsOf {
  const known = new Map<PostKey, PostId>();
  return async (keys) => {
    if (keys.some((key) => !known.has(key))) {
      if (known.size + keys.length > ENTRIES) known.clear();
      for (const [key, id] of await ids.postIds(keys)) known.set(key, id);
    }
    return keys.map((key) => known.get(key)!);
  };
}
