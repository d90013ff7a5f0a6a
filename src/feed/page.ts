/** Pages of a feed: the posts of a page, its metadata and its explanations. */
import type { PostKey } from "../domain/ids.ts";
import { audienceOf } from "../ranking/audience.ts";
import { TIERS } from "../ranking/tiers.ts";
import type { ServablePost } from "../data/catalogue.ts";
import type { Failure } from "../ranking/attempt.ts";
import type { FeedSession } from "./session-cache.ts";
import type { FeedRequest } from "./contract.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";
import type { RequestUser } from "./user-state-cache.ts";

/** A post on a page, its row in the model and its index in the list. */
export type Shown = {
  readonly key: PostKey;
  readonly card: ServablePost;
  readonly row: number;
  readonly at: number;
};

/** Facts about page `at` of a session, with the token of the next page. */
export function pageMeta(
  session: FeedSession,
  request: RequestUser & Pick<FeedRequest, "page" | "pageSize">,
  at: number,
  faults: readonly Failure[],
) {
  const { page, pageSize } = request;
  return {
    nextList: at * pageSize < session.rows.length ? session.token : undefined,
    skipped: at - page,
    ...metaOf(request, session, [
      ...tiersIn(session, (at - 1) * pageSize, at * pageSize),
      ...failedStages(faults),
    ]),
  };
}

/** Names of the stages that failed. */
export const failedStages = (faults: readonly Failure[]) => faults.map(({ stage }) => stage);

/** Facts about a feed; `fallback` adds to those of its session. */
export function metaOf({ user }: RequestUser, session: FeedSession, fallback: readonly string[]) {
  return {
    user: { id: user?.id ?? null, known: user !== undefined },
    audience: audienceOf(session.historyLength),
    match: session.match,
    snapshot: session.snapshot,
    fallback: [...session.fallback, ...fallback],
  };
}

/**
 * Page `page` without posts that were locked, hidden, withdrawn or barred since they were ranked;
 * if that leaves nothing, the first later page with a post.
 */
export async function pageOf(
  cardsOf: (keys: readonly PostKey[]) => Promise<readonly (ServablePost | undefined)[]>,
  { ranker }: ServedSnapshot,
  session: FeedSession,
  barred: ReadonlySet<number>,
  { page, pageSize }: Pick<FeedRequest, "page" | "pageSize">,
): Promise<{ at: number; shown: Shown[] }> {
  const { postKeys } = ranker.model;
  for (let at = page; ; at++) {
    const from = (at - 1) * pageSize;
    const rows = session.rows.subarray(from, at * pageSize);
    const cards = await cardsOf(Array.from(rows, (row) => postKeys[row] as PostKey));
    const shown: Shown[] = [];
    for (const [n, card] of cards.entries()) {
      const row = rows[n]!;
      if (card && !barred.has(row))
        shown.push({ key: postKeys[row] as PostKey, card, row, at: from + n });
    }
    if (shown.length > 0 || at * pageSize >= session.rows.length) return { at, shown };
  }
}

/** The fallback tiers that some places of a list reach into. */
export function tiersIn({ tierStart, rows }: FeedSession, from: number, to: number): string[] {
  return TIERS.filter((_, n) => {
    const [start, end] = [tierStart[n]!, tierStart[n + 1] ?? rows.length];
    return start < end && from < end && to > start;
  });
}
