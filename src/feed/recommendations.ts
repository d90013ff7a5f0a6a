/** Pages of recommendations: a ranked list by ids, each page filled up to its limit; in a session of an app no post twice. */
import type { LoggedPage, ServedPage } from "../data/served-log.ts";
import type { Failure } from "../ranking/attempt.ts";
import { barredRows } from "./barred.ts";
import type { Recommendations, RecommendationsRequest } from "./contract.ts";
import { cursorOf, type Cursor } from "./cursor.ts";
import type { Parts } from "./parts.ts";
import { pagePicker, type PickedPage } from "./picked-page.ts";
import { recommendationReply } from "./recommendation-reply.ts";
import { servedSessions } from "./served-sessions.ts";
import type { SessionRequest } from "./list-inputs.ts";
import { startTimings, type Timings } from "./timings.ts";
import type { RequestUser } from "./user-state-cache.ts";

/** A request, and the place that it goes on from; `undefined` for a first page. */
type Asked = RecommendationsRequest & { readonly place: Cursor | undefined };

/** Opens the recommendations. */
export function recommendationPages(parts: Parts) {
  const { store, servedLog, logShown, forUser, nowMs } = parts;
  const sessions = servedSessions(servedLog);
  const pick = pagePicker(parts);
  const reply = recommendationReply(parts);

  /** A page outside of sessions. */
  async function plainPage(
    asked: Asked,
    request: SessionRequest,
    faults: Failure[],
  ): Promise<PickedPage | undefined> {
    const picked = await pick(asked, request, faults);
    if (picked !== undefined) await logShown(asked, picked.page);
    return picked;
  }

  /** The next page of a session, or the page that it was served at the same place before. */
  async function sessionPage(
    session: string,
    asked: Asked,
    request: SessionRequest,
    faults: Failure[],
  ): Promise<PickedPage | undefined> {
    for (const lost = faults.length; ; faults.length = lost) {
      const known = await sessions.read({ userId: asked.user, session }, faults);
      const before = asked.place && (await sessions.pageAt(known, asked.place));
      if (before !== undefined)
        return again(parts, { ...request, served: known.posts }, before, asked.limit);
      const picked = await pick(asked, { ...request, served: known.posts }, faults);
      const claim = (page: ServedPage) => sessions.claim(known, page, faults);
      if (picked === undefined || (await logShown(asked, picked.page, claim))) return picked;
    }
  }

  async function pageFor(
    asked: RecommendationsRequest,
    user: RequestUser,
    timings: Timings,
    lost: readonly Failure[],
  ): Promise<Recommendations | undefined> {
    const request = await listRequest(store, asked, user);
    const cursor = cursorOf(asked.cursor ?? "");
    const placed = { ...asked, place: cursor.list === "" ? undefined : cursor };
    const faults = [...lost];
    const picked =
      asked.session === undefined
        ? await plainPage(placed, request, faults)
        : await sessionPage(asked.session, placed, request, faults);
    return picked && reply(asked, request, picked, faults, timings);
  }

  return async (request: RecommendationsRequest): Promise<Recommendations | undefined> => {
    const timings = startTimings(nowMs);
    const { past, user: userId } = request;
    return forUser(past ? { past } : { userId }, timings.lap, (user, lost) =>
      pageFor(request, user, timings, lost),
    );
  };
}

/** A page that was served before, without what is gone since. */
async function again(
  { stored, userStates, snapshot }: Parts,
  request: SessionRequest,
  page: LoggedPage,
  limit: number,
): Promise<PickedPage | undefined> {
  const current = snapshot();
  if (current === undefined) return undefined;
  const barred = await barredRows(userStates, current, request);
  const keys = page.slots.map((it) => it.post).slice(0, limit);
  const cards = await stored.cards(request.catalogue, keys, request.nowMs);
  const posts = keys.flatMap((key, n) => {
    const [card, row] = [cards[n], current.ranker.rowOf(key)];
    const isBarred = row !== undefined && barred.has(row);
    return card === undefined || isBarred ? [] : [{ key, card, row, from: undefined }];
  });
  return { page, posts, list: undefined, served: request.served };
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
