/** Replies of recommendations: ids, cards and explanations of the posts of a page. */
import type { PostId, PostKey } from "../domain/ids.ts";
import { fromStored } from "../ingest/rows/stored.ts";
import type { Failure } from "../ranking/attempt.ts";
import type { Audience } from "../ranking/audience.ts";
import type { Trace } from "../ranking/trace.ts";
import type {
  Recommendation,
  Recommendations,
  RecommendationsRequest,
  ShownCard,
} from "./contract.ts";
import { failedStages } from "./page.ts";
import type { Parts } from "./parts.ts";
import type { PickedPage, PickedPost } from "./picked-page.ts";
import { prefetchOf } from "./prefetch.ts";
import { explainedFeed } from "./sayings.ts";
import type { SessionRequest } from "./list-inputs.ts";
import type { Timings } from "./timings.ts";

/** Opens the making of replies; their failures are added to `faults`. */
export function recommendationReply(parts: Parts) {
  return async (
    asked: Pick<RecommendationsRequest, "cards" | "explain">,
    request: SessionRequest,
    picked: PickedPage,
    faults: Failure[],
    timings: Timings,
  ): Promise<Recommendations> => {
    const { page, posts } = picked;
    const ids = await parts.idsOf(posts.map(({ key }) => key));
    const cards = asked.cards ? await cardsOf(parts, request, posts, ids) : [];
    timings.lap("cards");
    const explained = asked.explain ? await explain(parts, request, picked, faults) : undefined;
    const slots = new Map(page.slots.map((it) => [it.post, it]));
    const { user } = request;
    return {
      recommendationId: page.recommendationId,
      items: posts.map(({ key }, n) => ({
        id: ids[n]!,
        score: slots.get(key)!.score,
        position: slots.get(key)!.slot,
        shown: cards[n],
        explain: explained?.reasons[n],
      })),
      cursor: page.next,
      prefetch: prefetchOf(
        posts.map((it) => it.card),
        request.nowMs,
      ),
      user: { id: user?.id ?? null, known: user !== undefined },
      audience: page.audience as Audience,
      match: page.match,
      snapshot: page.snapshot,
      fallback: [...new Set([...page.fallback, ...failedStages(faults)])],
      faults,
      timings,
      ...(explained?.trace && { trace: explained.trace }),
    };
  };
}

/** The card of each post, as its app shows it. */
async function cardsOf(
  { store, userStates, snapshot }: Parts,
  request: SessionRequest,
  posts: readonly PickedPost[],
  ids: readonly PostId[],
): Promise<ShownCard[]> {
  const stored = await store.posts.stored(ids);
  const [first] = posts;
  const { liked } = await userStates.known(first?.from?.snapshot ?? snapshot()!, request);
  return posts.map(({ key, card }, n) => {
    const own = stored.get(ids[n]!)?.sent;
    if (own === undefined) return { card, upvoted: liked.includes(key) };
    return { own: fromStored<"posts">(own).card ?? null };
  });
}

/** An explanation for each post, and the trace of the list that the page ends in. */
async function explain(
  parts: Parts,
  request: SessionRequest,
  { posts, list, served: before }: PickedPage,
  faults: Failure[],
) {
  const served = new Set(before);
  for (const { key } of posts) served.delete(key);
  const asked = { ...request, served };
  try {
    const last = list ?? (await parts.rankedFor({ ...asked, page: 1, list: undefined }))!;
    const lists = new Set([...posts.map(({ from = last }) => from), last]);
    const known = new Map<PostKey, Recommendation["explain"]>();
    let trace: Trace | undefined;
    for (const it of lists) {
      const rows = posts.filter(({ from = last, row }) => from === it && row !== undefined);
      const explained = await explainedFeed(parts, it, rows as WithRow[], asked);
      for (const [n, { key }] of rows.entries()) known.set(key, explained.reasons[n]);
      ({ trace } = explained);
    }
    return { trace, reasons: posts.map(({ key }) => known.get(key)) };
  } catch (cause) {
    faults.push({ stage: "explain", cause });
    return undefined;
  }
}

type WithRow = PickedPost & { readonly row: number };
