/** Pages of `/feed`: a ranked list by page numbers, with the flags of its user. */
import type { PostKey } from "../domain/ids.ts";
import type { Failure } from "../ranking/attempt.ts";
import { barredRows } from "./barred.ts";
import type { FeedPage, FeedRequest } from "./contract.ts";
import { pageMeta, pageOf, type Shown } from "./page.ts";
import type { Parts } from "./parts.ts";
import { prefetchOf } from "./prefetch.ts";
import { explainedFeed } from "./sayings.ts";
import { servedPage } from "./served-page.ts";
import type { SessionRequest } from "./list-inputs.ts";
import type { RankedSession } from "./sessions.ts";
import { startTimings, type Timings } from "./timings.ts";
import type { RequestUser } from "./user-state-cache.ts";

/** Opens the pages. */
export function feedPages(parts: Parts) {
  const { stored, logShown, userStates, rankedFor, forUser, newId, nowMs } = parts;

  /** A page of a feed. @throws HistoryError */
  async function pageFor(
    request: FeedRequest & RequestUser,
    timings: Timings,
    lost: readonly Failure[],
  ): Promise<FeedPage | undefined> {
    const ranked = await rankedFor(request);
    if (ranked === undefined) return undefined;
    const { session, snapshot } = ranked;
    const faults = [...lost, ...session.failures];
    const { liked } = await userStates.known(snapshot, request);
    const barred = await barredRows(userStates, snapshot, request);
    const cardsOf = (keys: readonly PostKey[]) =>
      stored.cards(request.catalogue, keys, request.nowMs);
    const { at, shown } = await pageOf(cardsOf, snapshot, session, barred, request);
    timings.lap("cards");
    const explanation =
      request.explain &&
      (await explanationOf(parts, ranked, shown, request).catch(
        (cause: unknown) => void faults.push({ stage: "explain", cause }),
      ));
    const recommendationId = newId();
    const meta = pageMeta(session, request, at, faults);
    const from = (at - 1) * request.pageSize;
    const { nowMs: atMs, username: nameSent } = request;
    const head = {
      recommendationId,
      atMs,
      nameSent,
      meta,
      list: session.token,
      from,
      first: from + 1,
    };
    const placed = shown.map((it) => ({ ...it, from: ranked }));
    await logShown(request, servedPage(head, placed));
    return {
      recommendationId,
      posts: shown.map(({ key, card }) => ({ card, upvoted: liked.includes(key) })),
      ...meta,
      prefetch: prefetchOf(
        shown.map((it) => it.card),
        request.nowMs,
      ),
      faults,
      explain: undefined,
      ...explanation,
      timings,
    };
  }

  return async function feed(request: FeedRequest): Promise<FeedPage | undefined> {
    const timings = startTimings(nowMs);
    return forUser(request, timings.lap, (user, lost) =>
      pageFor({ ...request, ...user }, timings, lost),
    );
  };
}

/** The explanations of a page, and the trace of its ranking. */
async function explanationOf(
  parts: Parts,
  ranked: RankedSession,
  shown: readonly Shown[],
  request: SessionRequest,
) {
  const ids = await parts.idsOf(shown.map(({ key }) => key));
  const { reasons, trace } = await explainedFeed(parts, ranked, shown, request);
  return { explain: reasons.map((it, n) => ({ id: ids[n]!, ...it })), trace };
}
