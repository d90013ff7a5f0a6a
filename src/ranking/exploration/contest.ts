/**
 * Contest for a reserved slot: new posts challenge the post that stands there.
 *
 * A winner moves the posts behind it down by one, as far as its window reaches; the window's last post takes
 * the winner's old place. So contests do not depend on each other, and every chance is a product.
 */

/** Row of a loser whose place alone is known: tokens hold no more. */
export const UNKNOWN_ROW = -1;

/** A contest for one slot of a list. */
export type Contest = {
  /** Index of the window's first slot in the list. */
  readonly first: number;
  /** Index of its last slot, whose post goes where the winner was. */
  readonly last: number;
  /** Index of the slot that they contend for, each of the window's with the same chance: pages may be short. */
  readonly slot: number;
  /** Rows of the new posts; {@link UNKNOWN_ROW} of losers in a list that another process made. */
  readonly rows: readonly number[];
  /** True for those whose creator is new, too. */
  readonly isByNewCreator: readonly boolean[];
  /** Index of each in the list without contests; −1 for one that is not in it. */
  readonly places: readonly number[];
  /** The chance of each to win, then of the incumbent to stay. */
  readonly chances: () => Float64Array;
  /** Index in `rows`; their number if the incumbent stays. */
  readonly winner: number;
};

/** The list with the winners in their slots. */
export function withWinners(ranked: Uint32Array, contests: readonly Contest[]): Uint32Array {
  if (contests.length === 0) return ranked;
  const list = ranked.slice();
  for (const { slot, last, rows, places, winner } of contests) {
    const row = rows[winner];
    if (row === undefined) continue;
    if (places[winner]! >= 0) list[places[winner]!] = list[last]!;
    list.copyWithin(slot + 1, slot, last);
    list[slot] = row;
  }
  return list;
}

/** Contests that were held before, as the same list has them now; one whose winner may not be in it any more is left out. */
export function heldOn(
  ranked: Uint32Array,
  eligible: Uint8Array,
  contests: readonly Contest[],
): readonly Contest[] {
  return contests
    .map((it) => ({
      ...it,
      places: it.rows.map((row, n) => (row === UNKNOWN_ROW ? it.places[n]! : ranked.indexOf(row))),
    }))
    .filter(({ last, rows, places, winner }) => {
      const [row, place] = [rows[winner], places[winner]!];
      const isPlaceable = row === undefined || (eligible[row] === 1 && (place < 0 || place > last));
      return last < ranked.length && isPlaceable;
    });
}

/** The contest that a row has won; `undefined` if it stands where ranking put it. */
export function wonBy(contests: readonly Contest[], row: number): Contest | undefined {
  return contests.find(({ rows, winner }) => rows[winner] === row);
}

/** The chance with which the post at index `at` of a list got there: 1 where nothing was drawn. */
export function chanceAt(contests: readonly Contest[], at: number): number {
  const own = contests.find(({ first, last }) => at >= first && at <= last);
  if (own === undefined) return chanceOfPlace(contests, at);
  const { first, last, slot, rows, winner } = own;
  const chances = own.chances();
  const won = 1 - chances[rows.length]!;
  const slots = last - first + 1;
  if (winner < rows.length && slot === at) return chances[winner]! / slots;
  if (winner < rows.length && slot < at)
    return won * ((at - first) / slots) * chanceOfPlace(contests, at - 1);
  return (1 - won * ((at + 1 - first) / slots)) * chanceOfPlace(contests, at);
}

/** The chance that the post at a place before its own window moved was there: a rival that lost, or who took its place. */
function chanceOfPlace(contests: readonly Contest[], place: number): number {
  for (const { places, chances, winner } of contests) {
    const rival = places.indexOf(place);
    if (rival < 0) continue;
    const chance = chances()[rival]!;
    return winner === rival ? chance : 1 - chance;
  }
  return 1;
}
