/** Posts of the map as typed arrays. */
import type { MapReply } from "../../../routes/map.ts";

/** Posts as columns: entry n of each is of the same post. */
export type MapPosts = {
  readonly snapshot: string;
  readonly ids: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Names. */
  readonly categories: readonly string[];
  /** Index in `categories`; −1 for none. */
  readonly category: Int32Array;
  readonly createdAtMs: Float64Array;
  /** Times that each was shown; `undefined` while they are counted. */
  readonly shown: Float64Array | undefined;
  readonly indexOf: ReadonlyMap<string, number>;
};

/** The posts of a reply. */
export function postsOf({ snapshot, categories, posts }: MapReply): MapPosts {
  return {
    snapshot,
    ids: posts.id,
    x: Float32Array.from(posts.x),
    y: Float32Array.from(posts.y),
    categories,
    category: Int32Array.from(posts.category),
    createdAtMs: Float64Array.from(posts.created_at),
    shown: posts.shown && Float64Array.from(posts.shown),
    indexOf: new Map(posts.id.map((id, n) => [id, n])),
  };
}
