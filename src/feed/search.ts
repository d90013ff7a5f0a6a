/** Search: people and posts by parts of their names, and what a list of posts shows of each. */
import type { StoredPost } from "../data/catalogue.ts";
import type { Store } from "../data/contract.ts";
import type { PostId, UserId } from "../domain/ids.ts";

/** A post in few words. */
export type PostSummary = {
  readonly id: PostId;
  readonly title: string;
  readonly categories: readonly string[];
  readonly creator: string;
  readonly createdAtMs: number;
  readonly isHidden: boolean;
};

/** A person in few words; without a name, "". */
export type PersonSummary = { readonly id: UserId; readonly name: string };

/** Results of a search, the best first. */
type Found = {
  readonly people: readonly PersonSummary[];
  readonly posts: readonly PostSummary[];
};

/** Opens the search of a store. */
export function searcher({ search, posts }: Pick<Store, "search" | "posts">) {
  /** The posts of `ids` that are stored, in that order. */
  const summaries = async (ids: readonly PostId[]): Promise<PostSummary[]> => {
    const stored = await posts.stored(ids);
    return ids.flatMap((id) => {
      const post = stored.get(id);
      return post === undefined ? [] : [summaryOf(post)];
    });
  };
  return {
    summaries,
    find: async (text: string, count: number): Promise<Found> => ({
      people: await search.users(text, count),
      posts: await summaries(await search.posts(text, count)),
    }),
  };
}

function summaryOf({ id, title, categories, creator, createdAtMs, isHidden }: StoredPost) {
  return { id, title, categories, creator, createdAtMs, isHidden };
}
