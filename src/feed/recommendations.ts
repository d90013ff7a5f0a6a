/** Pages of recommendations: a ranked list by ids, each page filled up to its limit. */
import type { PostId, PostKey } from "../domain/ids.ts";
import { fromStored } from "../ingest/rows/stored.ts";
import type { Failure } from "../ranking/attempt.ts";
import { TIERS } from "../ranking/tiers.ts";
import type { Recommendations, RecommendationsRequest, ShownCard } from "./contract.ts";
import { cursorOf, cursorText } from "./cursor.ts";
import { metaOf, stagesOf, tiersIn, type Shown } from "./page.ts";
import type { Parts } from "./parts.ts";
import { explainedFeed } from "./sayings.ts";
import { servedPage } from "./served-page.ts";
import { servedSessions } from "./served-sessions.ts";
import type { Ranked, SessionRequest } from "./sessions.ts";
import { startTimings, type Timings } from "./timings.ts";
import type { RequestUser } from "./user-state-cache.ts";

/** Opens the recommendations. */
export function recommendationPages(parts: Parts) {
  const { store, servedLog, idsOf, userStates, rankedFor, forUser, newId, nowMs } = parts;
  const sessions = servedSessions();

  async function pageFor(
    asked: RecommendationsRequest,
    user: RequestUser,
    timings: Timings,
    lost: readonly Failure[],
  ): Promise<Recommendations | undefined> {
    const owner = { id: asked.user, key: user.user?.key };
    const served = asked.session === undefined ? undefined : sessions.of(owner, asked.session);
    const request = { ...(await listRequest(store, asked, user)), served };
    const ranked = await rankedFor(request);
    if (ranked === undefined) return undefined;
    const { session, snapshot } = ranked;
    const cursor = cursorOf(asked.cursor ?? "");
    // The session of the app has seen nothing of a list that is new.
    const from = served && session.token !== cursor.list ? 0 : cursor.from;
    const { liked, person } = await userStates.known(snapshot, request);
    const isNew = (key: PostKey) => {
      if (asked.session === undefined) return true;
      return asked.isPreview ? !served!.has(key) : sessions.claim(owner, asked.session, key);
    };
    const fits = ({ key, row }: Shown) => !person.disliked.includes(row) && isNew(key);
    const { placed: filled, end } = await fill(parts, request, ranked, fits, { from, limit: asked.limit, isUnseenOnly: asked.isUnseenOnly === true }); // prettier-ignore
    const placed = filled.slice(asked.offset);
    const ids = await idsOf(placed.map(({ key }) => key));
    const cards = asked.cards ? await cardsOf(store, placed, ids, liked) : [];
    timings.lap("cards");
    const faults = [...lost, ...session.failures];
    const unexplained = (cause: unknown) => void faults.push({ stage: "explain", cause });
    const explanation =
      asked.explain && (await explainedFeed(parts, ranked, placed, request).catch(unexplained));
    const meta = metaOf(request, session, [...tiersIn(session, from, end), ...stagesOf(faults)]);
    const next = { list: session.token, from: end, served: cursor.served + filled.length };
    const head = {
      recommendationId: newId(),
      first: cursor.served + 1 + (asked.offset ?? 0),
      next: end < session.rows.length ? cursorText(next) : undefined,
    };
    if (asked.isPreview !== true && asked.past === undefined) {
      const place = { list: session.token, from, session: asked.session, asked: asked.user };
      servedLog().append(servedPage({ ...head, ...place, meta, atMs: user.nowMs }, ranked, placed));
    }
    return {
      recommendationId: head.recommendationId,
      items: placed.map(({ at }, n) => ({
        id: ids[n]!,
        score: session.scores[at]!,
        position: head.first + n,
        shown: cards[n],
        explain: explanation ? explanation.reasons[n] : undefined,
      })),
      cursor: head.next,
      ...meta,
      faults,
      timings,
      ...(explanation && { trace: explanation.trace }),
    };
  }

  return async (request: RecommendationsRequest): Promise<Recommendations | undefined> => {
    const timings = startTimings(nowMs);
    const { past, user: userId } = request;
    return forUser(past ? { past } : { userId }, timings.lap, (user, lost) =>
      pageFor(request, user, timings, lost),
    );
  };
}

/** The request as feed sessions know it. */
async function listRequest(
  { ids }: Parts["store"],
  { user: username, category, mood, exclude, session, cursor }: RecommendationsRequest,
  user: RequestUser,
): Promise<SessionRequest> {
  const isFirst = cursor === undefined;
  return {
    ...user,
    username,
    projectCode: category,
    mood,
    session,
    page: isFirst ? 1 : 2,
    list: isFirst ? undefined : cursorOf(cursor).list,
    ...(exclude.length > 0 && { excluded: [...(await ids.postKeys(exclude)).values()] }),
  };
}

/**
 * Posts from a place of the list on that `fits` takes, until the page is full. Those that were hidden or
 * have expired since the list was ranked are passed over.
 */
async function fill(
  { stored }: Pick<Parts, "stored">,
  { catalogue, nowMs }: RequestUser,
  { session, snapshot }: Ranked,
  fits: (post: Shown) => boolean,
  { from, limit, isUnseenOnly }: { from: number; limit: number; isUnseenOnly: boolean },
): Promise<{ placed: Shown[]; end: number }> {
  const { postKeys } = snapshot.ranker.model;
  const unseen = session.tierStart[TIERS.indexOf("seen")];
  const rows = isUnseenOnly ? session.rows.subarray(0, unseen) : session.rows;
  const placed: Shown[] = [];
  let end = from;
  while (placed.length < limit && end < rows.length) {
    const some = rows.subarray(end, end + limit - placed.length);
    const keys = Array.from(some, (row) => postKeys[row] as PostKey);
    for (const [n, card] of (await stored.cards(catalogue, keys, nowMs)).entries()) {
      const post = card && { key: keys[n]!, card, row: some[n]!, at: end + n };
      if (post && fits(post)) placed.push(post);
    }
    end += some.length;
  }
  return { placed, end };
}

/** The card of each post, as its app shows it. */
async function cardsOf(
  { posts }: Parts["store"],
  shown: readonly Shown[],
  ids: readonly PostId[],
  liked: Float64Array,
): Promise<ShownCard[]> {
  const stored = await posts.stored(ids);
  return shown.map(({ key, card }, n) => {
    const own = stored.get(ids[n]!)?.sent;
    if (own === undefined) return { card, upvoted: liked.includes(key) };
    return { own: fromStored<"posts">(own).card ?? null };
  });
}
