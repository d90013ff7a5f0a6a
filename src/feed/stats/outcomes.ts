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

/** Sums over persons in a group. */
type Sums = { readonly [Name in "plays" | "completion" | "likes" | "skips"]: RatioSums };

/** Outcomes by group. */
export type GroupedOutcomes<Group> = ReturnType<typeof openOutcomes<Group>>;

/** Opens outcomes by group. Memory grows with the groups, not with people. */
export function openOutcomes<Group>() {
  const all = new Map<Group, Sums>();
  return {
    /** Adds the counts of one person, by group. */
    *add(person: ReadonlyMap<Group, Counts>): Steps<void> {
      for (const [group, { impressions, plays, shares, timed, likes, skips }] of person) {
        const sums = all.getOrInsertComputed(group, () => ({ plays: noSums(), completion: noSums(), likes: noSums(), skips: noSums() })); // prettier-ignore
        addPerson(sums.plays, plays, impressions);
        addPerson(sums.completion, shares, timed);
        addPerson(sums.likes, likes, impressions);
        addPerson(sums.skips, skips, impressions);
        yield;
      }
    },
    groups: (): Iterable<Group> => all.keys(),
    impressions: (group: Group): number => all.get(group)?.plays.m ?? 0,
    /** People who were shown a post of a group. */
    people: (group: Group): number => all.get(group)?.plays.persons ?? 0,
    of: (group: Group): Outcomes => {
      const sums = all.get(group);
      return {
        impressions: sums?.plays.m ?? 0,
        plays: sums && wilson(sums.plays),
        completion: sums && wilson(sums.completion),
        likes: sums && wilson(sums.likes),
        skips: sums && wilson(sums.skips),
      };
    },
  };
}
