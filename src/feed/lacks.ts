/** Lacks: what would bring a post among the first of a list. Each answer was ranked, not estimated. */
import type { PostKey } from "../domain/ids.ts";
import type { ScoredFeed } from "../ranking/feed.ts";
import { isAmongFirst, relatedRows, scoreToEnter } from "../ranking/what-if.ts";
import type { Lacks } from "./why-contract.ts";
import type { Parts } from "./parts.ts";
import type { SessionRequest } from "./list-inputs.ts";
import type { RankedSession } from "./sessions.ts";

/** Length of the page that a post is to be on. */
export const FIRST = 20;

/** The lacks of an eligible row; `undefined` for one that is among the first. @throws HistoryError */
export async function lacksOf(
  { userStates, store, stored, idsOf }: Pick<Parts, "userStates" | "store" | "stored" | "idsOf">,
  { session, snapshot }: RankedSession,
  scored: ScoredFeed,
  row: number,
  request: SessionRequest,
): Promise<Lacks | undefined> {
  const { ranker } = snapshot;
  if (isAmongFirst(scored.rows, row, FIRST)) return undefined;
  const related = ranker.asked(scored.inputs, (query) => relatedRows(query, row));
  const keys = related.map((it) => ranker.model.postKeys[it] as PostKey);
  const shown = await stored.cards(request.catalogue, keys, request.nowMs);
  const then = { ...request, position: session.position };
  const lacks = { first: FIRST, score: scoreToEnter(ranker, scored, row, FIRST) };
  for (const [n, key] of keys.entries()) {
    if (shown[n] === undefined) continue;
    const person = await userStates.liking(snapshot, then, key);
    if (!isAmongFirst(ranker.rank({ ...scored.inputs, person }).rows, row, FIRST)) continue;
    const [[id], titles] = await Promise.all([idsOf([key]), store.posts.titles([key])]);
    return { ...lacks, like: { id: id!, title: titles.get(key) ?? "" } };
  }
  return { ...lacks, like: undefined };
}

/** The missing part of a post's score, in sentences; none where nothing would bring it among the first. */
export function lacksSentences({ first, score, like }: Lacks): string[] {
  const liked = like && (like.title === "" ? `post ${like.id}` : `“${like.title}” (${like.id})`);
  return [
    ...(score === undefined ? [] : [`It would be among the first ${first} with a score higher by ${score.toFixed(2)}.`]), // prettier-ignore
    ...(liked === undefined ? [] : [`It would be among the first ${first} after a like of ${liked}.`]), // prettier-ignore
  ];
}
