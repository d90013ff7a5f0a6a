/** Preview: what other factors would change in the lists of people who have asked last. Nobody is shown them. */
import { sameFactors, type Adjustments } from "../../domain/adjustments.ts";
import type { PostKey, UserId } from "../../domain/ids.ts";
import { inSlices, pause } from "../../runtime/time-slicing.ts";
import type { Feed, FeedInputs, Ranker } from "../../ranking/feed.ts";
import type { ServedSnapshot } from "../snapshot-registry.ts";
import type { Parts } from "../parts.ts";
import { newestAskers, type Askers } from "../askers.ts";
import { heldOutEffects } from "./held-out-effect.ts";
import { LIST_LENGTH, effectsIn, movesOf, type BeforeAfter } from "./list-figures.ts";
import type { Adjusting, ShownList } from "./operator.ts";
import { triedInputs } from "./tried-list.ts";

/** Requests whose lists are shown. */
const SHOWN = 5;

/** Somebody's list as it is, and the inputs that made it. */
type RankedNow = { readonly inputs: FeedInputs; readonly list: Feed };

/** Opens the previews. They end with `undefined` before the first snapshot, and once nobody waits for them. */
export function adjustingPreview(parts: Parts): Adjusting["preview"] {
  const { servedLog, store, inForce, snapshot, idsOf } = parts;
  const heldOut = heldOutEffects();
  const rankedNow = lastRanked(parts);
  return async (factors, requests, signal) => {
    const current = snapshot();
    if (current === undefined) return undefined;
    const askers = await newestAskers(servedLog(), store, requests);
    const saved = (await inForce())?.factors ?? {};
    const now = await rankedNow(current, askers.names, saved, signal);
    const lists: BeforeAfter[] = [];
    for (const { inputs, list: before } of now ?? []) {
      if (signal.aborted) break;
      const isSame = sameFactors(saved, factors);
      const after = isSame ? before : current.ranker.rank({ ...inputs, adjustments: factors });
      lists.push({ before, after });
      await pause();
    }
    if (signal.aborted) return undefined;
    return {
      snapshot: current.id,
      people: lists.length,
      logged: askers.logged,
      moves: movesOf(lists),
      effects: await inSlices(effectsIn(current.ranker.model, lists)),
      lists: await shownLists(askers, lists, current, idsOf),
      heldOut: await heldOut(current, [saved, factors]),
    };
  };
}

/**
 * Opens the lists as they are. The last ones are remembered: one slider after another is compared with them. All but
 * the factors is the same in both lists of a person, draws included. They are remembered by ranker, since inputs hold
 * vectors of its model, which are not to keep an older snapshot in memory.
 */
function lastRanked(parts: Parts) {
  const last = new WeakMap<Ranker, { key: string; ranked: readonly RankedNow[] }>();
  return async (
    snapshot: ServedSnapshot,
    names: Askers["names"],
    adjustments: Adjustments,
    signal: AbortSignal,
  ): Promise<readonly RankedNow[] | undefined> => {
    const { ranker } = snapshot;
    const key = JSON.stringify([names, adjustments]);
    const before = last.get(ranker);
    if (before?.key === key) return before.ranked;
    const ranked: RankedNow[] = [];
    for (const name of names) {
      if (signal.aborted) return undefined;
      const { inputs } = await triedInputs(parts, snapshot, { user: name as UserId, ...ANYTHING });
      await pause();
      ranked.push({ inputs, list: ranker.rank({ ...inputs, adjustments }) });
      await pause();
    }
    last.set(ranker, { key, ranked });
    return ranked;
  };
}

const ANYTHING = { category: undefined, mood: undefined };

/** The lists that moved most, as ids. */
async function shownLists(
  { names }: Askers,
  lists: readonly BeforeAfter[],
  { ranker: { model } }: ServedSnapshot,
  idsOf: Parts["idsOf"],
): Promise<ShownList[]> {
  const all = lists.map((it, n) => ({ ...it, user: names[n]!, moves: movesOf([it]) }));
  const most = all.sort((a, b) => b.moves.replaced - a.moves.replaced).slice(0, SHOWN);
  const ids = (rows: Uint32Array) =>
    idsOf(Array.from(rows.subarray(0, LIST_LENGTH), (row) => model.postKeys[row] as PostKey));
  return Promise.all(
    most.map(async ({ user, before, after }) => ({
      user,
      before: await ids(before.rows),
      after: await ids(after.rows),
    })),
  );
}
