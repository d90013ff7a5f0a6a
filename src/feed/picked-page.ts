/** Picks the posts of a page of recommendations: from a ranked list, and in a session also from those that follow it. */
import type { ServedPage } from "../data/served-log.ts";
import type { PostKey } from "../domain/ids.ts";
import type { Failure } from "../ranking/attempt.ts";
import { TIERS } from "../ranking/tiers.ts";
import { barredRows } from "./barred.ts";
import type { RecommendationsRequest } from "./contract.ts";
import { cursorText, type Cursor } from "./cursor.ts";
import { metaOf, failedStages, tiersIn, type Shown } from "./page.ts";
import type { Parts } from "./parts.ts";
import { servedPage } from "./served-page.ts";
import type { SessionRequest } from "./list-inputs.ts";
import { isCutOff, type RankedSession } from "./sessions.ts";
import type { RequestUser } from "./user-state-cache.ts";

/** A post of a page, and the list that it is from; `undefined` for one that was served before. */
export type PickedPost = Omit<Shown, "at" | "row"> & {
  readonly row: number | undefined;
  readonly from: RankedSession | undefined;
};

/** A page and its posts. Some of a page that was served before may be gone. */
export type PickedPage = {
  readonly page: ServedPage;
  readonly posts: readonly PickedPost[];
  /** The list that it ends in; `undefined` for a page that was served before. */
  readonly list: RankedSession | undefined;
  /** Posts that the session was served before. */
  readonly served: SessionRequest["served"];
};

/** Request of a page. */
type Asked = Pick<
  RecommendationsRequest,
  "user" | "limit" | "offset" | "category" | "isNamedOnly" | "isUnseenOnly"
> & {
  /** Position to continue from; `undefined` for a first page. */
  readonly place: Cursor | undefined;
};

/** Opens the picking of pages; their failures are added to `faults`. */
export function pagePicker({ stored, userStates, rankedFor, newId }: Parts) {
  return async (
    { place, user, limit, offset = 0, category, isNamedOnly, isUnseenOnly = false }: Asked,
    request: SessionRequest,
    faults: Failure[],
  ): Promise<PickedPage | undefined> => {
    const first = await rankedFor(request);
    if (first === undefined) return undefined;
    const isSession = request.session !== undefined;
    let { served } = request;
    const placed: (Shown & { readonly from: RankedSession })[] = [];
    const tiers = new Set<string>();
    // The session of the app has seen nothing of a list that is new.
    const isNew = isSession && first.session.token !== place?.list;
    let [from, end] = [first, isNew ? 0 : (place?.from ?? 0)];
    for (;;) {
      faults.push(...from.session.failures);
      const barred = await barredRows(userStates, from.snapshot, request);
      const out = served;
      const fits = ({ key, row }: Shown) => !barred.has(row) && out?.has(key) !== true;
      const part = { from: end, limit: limit - placed.length, isUnseenOnly };
      const filled = await fill(stored, request, from, fits, part);
      for (const tier of tiersIn(from.session, end, filled.end)) tiers.add(tier);
      for (const it of filled.placed) placed.push({ ...it, from });
      end = filled.end;
      if (!isSession || placed.length >= limit || !isCutOff(from.session)) break;
      served = new Set([...(served ?? []), ...keysOf(from)]);
      const next = await rankedFor({ ...request, served, page: 1, list: undefined });
      if (next === undefined) break;
      [from, end] = [next, 0];
    }
    const { session } = from;
    const before = place?.served ?? 0;
    const goesOn = end < session.rows.length || (isSession && isCutOff(session));
    const next = { list: session.token, from: end, served: before + placed.length };
    const head = {
      ...{
        recommendationId: newId(),
        atMs: request.nowMs,
        nameSent: user,
        session: request.session,
      },
      ...{ list: place?.list ?? session.token, from: place?.from ?? 0 },
      first: before + offset + 1,
      next: goesOn ? cursorText(next) : undefined,
      meta: metaOf(request, session, [...tiers, ...failedStages(faults)]),
    };
    const isNamed = !isNamedOnly || category === undefined || session.match.some((it) => NAMED.has(it)); // prettier-ignore
    const posts = isNamed ? placed.slice(offset) : [];
    return { page: servedPage(head, posts), posts, list: from, served: request.served };
  };
}

/** Kinds of match of a category by its name. */
const NAMED = new Set(["category", "topic"]);

const keysOf = ({ session, snapshot }: RankedSession) =>
  Array.from(session.rows, (row) => snapshot.ranker.model.postKeys[row] as PostKey);

/**
 * Posts from a place of the list on that `fits` takes, until the page is full. Those that were hidden or
 * have expired since the list was ranked are passed over.
 */
async function fill(
  stored: Parts["stored"],
  { catalogue, nowMs }: RequestUser,
  { session, snapshot }: RankedSession,
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
