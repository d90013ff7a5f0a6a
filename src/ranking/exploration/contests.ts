/** Deals new posts to the windows of a list, and draws who wins each slot: Thompson sampling. */
import { quantile, type Cdf } from "../../linalg/beta.ts";
import { seededRandom } from "../../linalg/random.ts";
import type { Trials } from "../../models/trials.ts";
import type { Query } from "../query.ts";
import { chancesOf, incumbentArm, trialArms } from "./arms.ts";
import type { Contest } from "./contest.ts";

/** Most new posts in a contest. */
const RIVALS_MAX = 5;
/** Most contests of a list: at a share of .05 those of the longest page. */
const CONTESTS_MAX = 10;
/** Contests that even a few posts are dealt to: those of a first page. */
const CONTESTS_MIN = 2;
/** The chance that a window's contest is won by a new post, as far as windows of whole posts allow. */
const CHANCE = 0.5;
/** Shortest window: a new post never follows another. */
const WINDOW_MIN = 2;
/** Longest window: the longest page. */
const WINDOW_MAX = 100;

/** Length of windows, and the chance in each, that give new posts a share of all slots: at most half, one in each of the shortest windows. */
export function windowsOf(share: number): { readonly window: number; readonly chance: number } {
  const window = Math.min(WINDOW_MAX, Math.max(WINDOW_MIN, Math.round(CHANCE / share)));
  return { window, chance: Math.min(1, window * share) };
}

/** The contests of a list, with their winners. */
export function contestsIn(
  query: Query,
  ranked: Uint32Array,
  trials: Trials,
  share: number,
  seed: number,
): Contest[] {
  const { window, chance } = windowsOf(share);
  const windows = Math.min(CONTESTS_MAX, Math.floor(ranked.length / window));
  const dealt = mostUrgent(query, ranked, trials, window, windows);
  const count = Math.min(windows, dealt.length, Math.max(CONTESTS_MIN, Math.ceil(dealt.length / RIVALS_MAX))); // prettier-ignore
  const random = seededRandom(seed);
  const incumbent = incumbentArm(trials);
  const contests: Contest[] = [];
  for (let at = 0; at < count; at++) {
    const [from, to] = [at, at + 1].map((it) => Math.floor((it * dealt.length) / count));
    const last = (at + 1) * window - 1;
    // A post that ranking has in the window or before needs no contest.
    const rivals = dealt.slice(from, to).filter(({ place }) => place < 0 || place > last);
    if (rivals.length === 0) continue;
    const armOf = trialArms(trials, rivals.length, chance);
    const arms = rivals.map(({ n }) => armOf(n));
    arms.push(incumbent);
    contests.push({
      first: at * window,
      last,
      slot: at * window + Math.floor(random() * window),
      rows: rivals.map(({ n }) => trials.rows[n]!),
      isByNewCreator: rivals.map(({ n }) => trials.isByNewCreator[n] === 1),
      places: rivals.map(({ place }) => place),
      chances: () => chancesOf(arms),
      winner: largest(arms, random),
    });
  }
  return contests;
}

/** An entry of the trials, and its place in the list. */
type Dealt = { readonly n: number; readonly place: number };

/** The most urgent trials that this person may see and that a window can take; a creator's second after everybody's first. */
function mostUrgent(
  { model, eligibility, arrays, limit }: Query,
  ranked: Uint32Array,
  { rows, creators }: Trials,
  window: number,
  windows: number,
): Dealt[] {
  const { eligible } = eligibility();
  // Never cleared: an entry counts if the list has the row at that place.
  const places = arrays.words(eligible.length);
  for (let n = 0; n < ranked.length; n++) places[ranked[n]!] = n;
  const [dealt, further]: [Dealt[], Dealt[]] = [[], []];
  const known = new Set<number>();
  const most = windows * RIVALS_MAX;
  for (let n = 0; n < rows.length && dealt.length < most; n++) {
    const row = rows[n]!;
    if (eligible[row] !== 1) continue;
    const at = places[row]!;
    const place = ranked[at] === row ? at : -1;
    // Tiers append what a short list lacks, where no chance is known. A near-duplicate may stand in its place.
    if (place < 0 && (ranked.length < limit || (model.duplicates[row] ?? -1) >= 0)) continue;
    // The last post of a window may go elsewhere: where its place is taken twice, chances are no product.
    if (place >= 0 && place < windows * window && place % window === window - 1) continue;
    if (place >= 0 && place < window) continue;
    const creator = creators[n]!;
    const isFirst = creator < 0 || !known.has(creator);
    if (creator >= 0) known.add(creator);
    (isFirst ? dealt : further).push({ n, place });
  }
  return dealt.concat(further.slice(0, most - dealt.length));
}

/** Index of the arm with the largest draw. */
function largest(arms: readonly Cdf[], random: () => number): number {
  let [best, most] = [0, -1];
  for (const [n, arm] of arms.entries()) {
    const drawn = quantile(arm, random());
    if (drawn > most) [best, most] = [n, drawn];
  }
  return best;
}
