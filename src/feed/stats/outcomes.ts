/** Outcomes of shown posts, summed up in groups: of each person first, since what one of them does hangs together. */
import { addPerson, noSums, wilson, type Rate, type RatioSums } from "../../evaluation/wilson.ts";
import type { Steps } from "../../runtime/time-slicing.ts";
import type { Outcome } from "./credit.ts";

/** Outcomes of some shown posts; a rate is `undefined` where there is nothing to divide by. */
export type Outcomes = {
  /** Shown posts. */
  readonly impressions: number;
  /** Shown posts that were played. */
  readonly plays: Rate | undefined;
  /** Share watched of the plays whose time and length are known. */
  readonly completion: Rate | undefined;
  readonly likes: Rate | undefined;
  readonly skips: Rate | undefined;
};

/** One person's counts in a group. */
export type Counts = {
  impressions: number;
  plays: number;
  shares: number;
  timed: number;
  likes: number;
  skips: number;
};

/** Counts of nothing. */
export const noCounts = (): Counts => ({
  ...{ impressions: 0, plays: 0, shares: 0 },
  ...{ timed: 0, likes: 0, skips: 0 },
});

/** Counts one shown post. */
export function count(counts: Counts, outcome: Outcome | undefined): void {
  counts.impressions++;
  if (outcome === undefined) return;
  counts.plays += Number(outcome.isPlayed);
  counts.likes += Number(outcome.isLiked);
  counts.skips += Number(outcome.isSkipped);
  if (outcome.share === undefined) return;
  counts.timed++;
  counts.shares += outcome.share;
}

/** Numbers of a {@link RatioSums}, and of a group: plays, completion, likes, skips. */
const NUMBERS = 6;
const WIDTH = 4 * NUMBERS;
/** Groups of an array: an object for each group would be much garbage, one array for all be copied as it grows. */
const GROUPS_AN_ARRAY = 1_024;
/** Groups between two pauses. */
const GROUPS_A_STEP = 100;

/** Outcomes by group. */
export type GroupedOutcomes<Group> = ReturnType<typeof openOutcomes<Group>>;

/** Opens outcomes by group. Memory grows with the groups, not with people. */
export function openOutcomes<Group>() {
  const places = new Map<Group, number>();
  const arrays: Float64Array[] = [];
  /** The array of a group, and where its sums begin. */
  const placed = (place: number) => {
    const array = (arrays[Math.floor(place / GROUPS_AN_ARRAY)] ??= new Float64Array(GROUPS_AN_ARRAY * WIDTH)); // prettier-ignore
    return [array, (place % GROUPS_AN_ARRAY) * WIDTH] as const;
  };
  const sumsOf = (group: Group, rate: number): RatioSums => {
    const place = places.get(group);
    if (place === undefined) return noSums();
    const [array, from] = placed(place);
    return sumsAt(array, from + rate * NUMBERS);
  };
  return {
    /** Adds the counts of one person, by group. */
    *add(person: ReadonlyMap<Group, Counts>): Steps<void> {
      let n = 0;
      for (const [group, { impressions, plays, shares, timed, likes, skips }] of person) {
        const [array, from] = placed(places.getOrInsertComputed(group, () => places.size));
        addTo(array, from, plays, impressions);
        addTo(array, from + NUMBERS, shares, timed);
        addTo(array, from + 2 * NUMBERS, likes, impressions);
        addTo(array, from + 3 * NUMBERS, skips, impressions);
        if (++n % GROUPS_A_STEP === 0) yield;
      }
    },
    groups: (): Iterable<Group> => places.keys(),
    impressions: (group: Group): number => sumsOf(group, 0).m,
    /** People who were shown a post of a group. */
    people: (group: Group): number => sumsOf(group, 0).persons,
    of: (group: Group): Outcomes => {
      const [plays, completion, likes, skips] = [0, 1, 2, 3].map((it) => wilson(sumsOf(group, it)));
      return { impressions: sumsOf(group, 0).m, plays, completion, likes, skips };
    },
  };
}

function sumsAt(array: Float64Array, at: number): RatioSums {
  const [persons, y, m] = [array[at]!, array[at + 1]!, array[at + 2]!];
  return { persons, y, m, yy: array[at + 3]!, ym: array[at + 4]!, mm: array[at + 5]! };
}

function addTo(array: Float64Array, at: number, y: number, m: number): void {
  const sums = sumsAt(array, at);
  addPerson(sums, y, m);
  array.set([sums.persons, sums.y, sums.m, sums.yy, sums.ym, sums.mm], at);
}
