/** Tried lists: somebody's list as other factors, or another snapshot, rank it. Nobody is shown them, and none is kept. */
import type { Adjustments } from "../../domain/adjustments.ts";
import type { PostKey } from "../../domain/ids.ts";
import { audienceOf } from "../../ranking/audience.ts";
import type { FeedInputs } from "../../ranking/feed.ts";
import type { Parts } from "../parts.ts";
import type { ServedSnapshot } from "../snapshot-registry.ts";
import type { TriedList, TriedRequest } from "./operator.ts";

/** Posts of a list. */
const FIRST = 20;
/** Ranks that the first are taken from: an older snapshot has posts that have gone since. */
const RANKS = 60;

/** The inputs of somebody's first page, and the request that has them. @throws HistoryError */
export async function triedInputs(
  { requestUsers, inputsFor }: Pick<Parts, "requestUsers" | "inputsFor">,
  snapshot: ServedSnapshot,
  { user: userId, category, mood }: TriedRequest,
): Promise<{ readonly inputs: FeedInputs; readonly nowMs: number; readonly catalogue: number }> {
  const user = await requestUsers.known({ userId }, () => {});
  const { nowMs, catalogue } = user;
  const asked = { projectCode: category, mood, page: 1, list: undefined };
  const inputs = await inputsFor(snapshot, { ...user, ...asked, username: userId });
  return { inputs, nowMs, catalogue };
}

/** Opens the lists. They throw a HistoryError if the person cannot be read. */
export function listTrier(parts: Parts) {
  return async (
    request: TriedRequest,
    snapshot: ServedSnapshot,
    adjustments: Adjustments | undefined,
  ): Promise<TriedList> => {
    const { inputs, nowMs, catalogue } = await triedInputs(parts, snapshot, request);
    const { model, rank } = snapshot.ranker;
    const { rows } = rank({ ...inputs, adjustments });
    const keys = Array.from(rows.subarray(0, RANKS), (row) => model.postKeys[row] as PostKey);
    const cards = await parts.stored.cards(catalogue, keys, nowMs);
    const shown = keys.filter((_, n) => cards[n] !== undefined).slice(0, FIRST);
    return {
      snapshot: snapshot.id,
      audience: audienceOf(inputs.person.length),
      ids: await parts.idsOf(shown),
    };
  };
}
