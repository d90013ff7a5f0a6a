/** Keys on their way out: a page of a feed with the ids that they stand for. */
import type { Store } from "../data/sqlite/open.ts";
import type { PostKey, UserKey } from "../domain/ids.ts";
import type { FeedPage } from "../feed/contract.ts";

/** A page that names its user and posts as apps do. */
export async function withIds(
  { userIds, postIds }: Store["ids"],
  page: FeedPage | undefined,
): Promise<FeedPage | undefined> {
  if (page === undefined) return undefined;
  const { user, explain } = page;
  const users = user.id === null ? undefined : await userIds([user.id]);
  const posts = explain && (await postIds(explain.map((it) => it.id)));
  const id = user.id && (Number(users?.get(user.id)) as UserKey);
  const named = explain?.map((it) => ({ ...it, id: Number(posts?.get(it.id)) as PostKey }));
  return { ...page, user: { ...user, id }, explain: named };
}
