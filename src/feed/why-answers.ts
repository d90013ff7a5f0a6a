/** Answers to why a post is in a user's list, or is not. */
import type { PostId } from "../domain/ids.ts";
import type { Store } from "../data/contract.ts";
import type { Service } from "./contract.ts";
import { metaOf, stagesOf } from "./page.ts";
import type { Parts } from "./parts.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";
import { reasonsNow, whyOf } from "./why.ts";

/** Opens the answers, which throw a HistoryError if the user cannot be read. */
export function whyAnswers({ store, requestUsers, rankedFor, feedOf }: Parts): Service["why"] {
  return async ({ post, ...query }) => {
    const user = await requestUsers.known(query, () => {});
    const username = "userId" in query ? query.userId : query.username;
    const request = { ...FIRST_PAGE, ...query, ...user, username };
    const ranked = await rankedFor(request);
    if (ranked === undefined) return undefined;
    const { session, snapshot } = ranked;
    const found = await rowIn(store, snapshot, post);
    if (found === undefined) return "unknown post";
    const now = reasonsNow(await store.posts.limits(found.key), request.nowMs);
    const scored = await feedOf(session, snapshot, request);
    const answer = whyOf(snapshot.ranker, scored, found.row, now);
    return { ...answer, ...metaOf(request, session, stagesOf(session.failures)) };
  };
}

const FIRST_PAGE = { page: 1, list: undefined };

/** Key and row of a post; `undefined` if the snapshot does not have it. */
async function rowIn(store: Pick<Store, "ids">, { ranker }: ServedSnapshot, post: PostId) {
  const key = (await store.ids.postKeys([post])).get(post);
  const row = key && ranker.rowOf(key);
  return key === undefined || row === undefined ? undefined : { key, row };
}
