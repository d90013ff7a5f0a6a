/** A feed from a name: who asks, a ranked list, cut into pages of what may still be shown. */
import type { Card, PostId } from "../../domain.ts";
import { audienceOf } from "../../rank/audience.ts";
import { TIERS, type Feed } from "../../rank/feed.ts";
import type { Store } from "../../store/open.ts";
import type { FeedPage, FeedRequest } from "../contract.ts";
import { reasonFor } from "./explain.ts";
import { tokenOf, type RankedList } from "./lists.ts";
import type { LiveSnapshot } from "./live.ts";
import { dislikedNow, historyOf, likedNow } from "./people.ts";
import { rankings, type RankingsDeps } from "./rankings.ts";

/** What a feed is made from. */
export type RecommendDeps = RankingsDeps & {
  readonly store: Pick<Store, "users" | "interactions" | "embeddings" | "posts">;
};

/** A post that is shown. */
type Shown = { readonly id: PostId; readonly card: Card; readonly row: number };

/** The feed of the service. */
export function recommender(deps: RecommendDeps) {
  const { live, store } = deps;
  const { listFor, feedOf } = rankings(deps);

  return async (request: FeedRequest): Promise<FeedPage | undefined> => {
    const { username, projectCode, mood, page, pageSize } = request;
    const userId = await store.users.find(username);
    const ask = { userId, username, projectCode, mood };
    const list = await listFor(request, ask);
    const snapshot = list && live.byId(list.snapshot);
    if (list === undefined || snapshot === undefined) return undefined;

    const history = await historyOf(store, userId);
    const liked = likedNow(history);
    const disliked = dislikedNow(snapshot.ranker.model, history);
    const { at, shown } = await pageOf(store.posts, snapshot, list, disliked, page, pageSize);
    return {
      posts: shown.map(({ id, card }) => ({ card, upvoted: liked.has(id) })),
      nextList: at * pageSize < list.rows.length ? tokenOf(list) : undefined,
      skipped: at - page,
      user: { id: userId ?? null, known: userId !== undefined },
      audience: audienceOf(list.historyLength),
      match: list.match,
      snapshot: list.snapshot,
      fallback: [...list.fallback, ...tiersIn(list, (at - 1) * pageSize, at * pageSize)],
      ...(request.explain
        ? explained(shown, snapshot, await feedOf(list, snapshot, ask))
        : { explain: undefined }),
    };
  };
}

/**
 * Page `page`, without posts that were locked, hidden, withdrawn or disliked since the list was
 * made; if nothing is left of it, the first page after it of which something is.
 */
async function pageOf(
  posts: Store["posts"],
  { ranker }: LiveSnapshot,
  list: RankedList,
  disliked: ReadonlySet<number>,
  page: number,
  pageSize: number,
): Promise<{ at: number; shown: Shown[] }> {
  for (let at = page; ; at++) {
    const rows = list.rows.subarray((at - 1) * pageSize, at * pageSize);
    const ids = Array.from(rows, (row) => ranker.model.postIds[row]! as PostId);
    const cards = await posts.cards(ids);
    const shown = ids.flatMap((id, n) => {
      const card = disliked.has(id) ? undefined : cards.get(id);
      return card ? [{ id, card, row: rows[n]! }] : [];
    });
    if (shown.length > 0 || at * pageSize >= list.rows.length) return { at, shown };
  }
}

function explained(shown: readonly Shown[], { ranker }: LiveSnapshot, feed: Feed) {
  return { explain: shown.map(({ row }) => reasonFor(ranker, feed, row)), trace: feed.trace };
}

/** The fallback tiers that a page reaches into. */
function tiersIn({ tierStart, rows }: RankedList, from: number, to: number): string[] {
  return TIERS.filter((_, n) => {
    const [start, end] = [tierStart[n]!, tierStart[n + 1] ?? rows.length];
    return start < end && from < end && to > start;
  });
}
