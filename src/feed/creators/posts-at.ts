/** Posts at rows of a model, as the store has them. */
import type { Store } from "../../data/contract.ts";
import type { PostKey } from "../../domain/ids.ts";
import type { Model } from "../../snapshot/model.ts";
import { searcher, type PostSummary } from "../search.ts";

/** The posts by their rows, without those that are gone. Few at a time: a hundred take a millisecond. */
export async function postsAt(
  store: Pick<Store, "ids" | "search" | "posts">,
  { postKeys }: Model,
  rows: readonly number[],
): Promise<ReadonlyMap<number, PostSummary>> {
  const keyOf = (row: number) => postKeys[row] as PostKey;
  const ids = await store.ids.postIds(rows.map(keyOf));
  const posts = await searcher(store).summaries([...ids.values()]);
  const byId = new Map(posts.map((it) => [it.id, it]));
  return new Map(
    rows.flatMap((row) => {
      const post = byId.get(ids.get(keyOf(row))!);
      return post === undefined ? [] : [[row, post] as const];
    }),
  );
}
