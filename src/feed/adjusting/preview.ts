/** Preview: what other factors would change in the lists of people who have asked last. Nobody is shown them. */
import { sameFactors, type Adjustments } from "../../domain/adjustments.ts";
import type { PostKey, UserId } from "../../domain/ids.ts";
import { inSlices, pause } from "../../runtime/time-slicing.ts";
import type { ServedSnapshot } from "../snapshot-registry.ts";
import type { Parts } from "../parts.ts";
import { newestAskers, type Askers } from "./askers.ts";
import { heldOutEffects } from "./held-out-effect.ts";
import { COMPARED, effectsOn, figuresIn, movesOf, type BeforeAfter } from "./list-figures.ts";
import type { Adjusting, ShownList } from "./operator.ts";
import { triedInputs } from "./tried-list.ts";

/** Requests whose lists are shown. */
const SHOWN = 5;

/** Opens the previews. They end with `undefined` before the first snapshot, and once nobody waits for them. */
export function adjustingPreview(parts: Parts): Adjusting["preview"] {
  const { servedLog, store, inForce, snapshot, idsOf } = parts;
  const heldOut = heldOutEffects();
  return async (factors, requests, signal) => {
    const current = snapshot();
    if (current === undefined) return undefined;
    const askers = await newestAskers(servedLog(), store, requests);
    const saved = (await inForce())?.factors;
    const lists: BeforeAfter[] = [];
    for (const name of askers.names) {
      if (signal.aborted) return undefined;
      lists.push(await listsOf(parts, current, name as UserId, [saved, factors]));
    }
    const figures = figuresIn(current.ranker.model);
    const [before, after] = [[], []] as [
      ReturnType<typeof figures>[],
      ReturnType<typeof figures>[],
    ];
    for (const it of lists) {
      before.push(figures(it.before));
      after.push(figures(it.after));
      await pause();
    }
    return {
      snapshot: current.id,
      people: lists.length,
      logged: askers.logged,
      moves: movesOf(lists),
      effects: await inSlices(effectsOn(before, after)),
      lists: await shownLists(askers, lists, current, idsOf),
      heldOut: await heldOut(current, [saved, factors]),
    };
  };
}

/** One person's list with each of two sets of factors: all else, draws included, is the same. */
async function listsOf(
  parts: Parts,
  snapshot: ServedSnapshot,
  user: UserId,
  [saved, proposed]: readonly [Adjustments | undefined, Adjustments],
): Promise<BeforeAfter> {
  const { inputs } = await triedInputs(parts, snapshot, { user, ...ANYTHING });
  const { rank } = snapshot.ranker;
  await pause();
  const before = rank({ ...inputs, adjustments: saved });
  if (sameFactors(saved ?? {}, proposed)) return { before, after: before };
  await pause();
  return { before, after: rank({ ...inputs, adjustments: proposed }) };
}

const ANYTHING = { category: undefined, mood: undefined };

/** Those lists that moved most, as ids. */
async function shownLists(
  { names }: Askers,
  lists: readonly BeforeAfter[],
  { ranker: { model } }: ServedSnapshot,
  idsOf: Parts["idsOf"],
): Promise<ShownList[]> {
  const all = lists.map((it, n) => ({ ...it, user: names[n]!, moves: movesOf([it]) }));
  const most = all.sort((a, b) => b.moves.replaced - a.moves.replaced).slice(0, SHOWN);
  const ids = (rows: Uint32Array) =>
    idsOf(Array.from(rows.subarray(0, COMPARED), (row) => model.postKeys[row] as PostKey));
  return Promise.all(
    most.map(async ({ user, before, after }) => ({
      user,
      before: await ids(before.rows),
      after: await ids(after.rows),
    })),
  );
}
