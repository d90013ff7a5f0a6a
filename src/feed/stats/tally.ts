/** Tally of shown posts and their outcomes, in total and by source, slot, audience and policy. */
import type { PageColumns } from "../../data/served-log.ts";
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

/** The parts of a tally, each with its rows by name. */
export const PARTS = ["source", "slot", "audience", "policy"] as const;
export type Part = (typeof PARTS)[number];

/** A finished tally. */
export type Tally = { readonly total: Outcomes } & Readonly<
  Record<Part, readonly ({ readonly name: string } & Outcomes)[]>
>;

/** Slots that have a row each: about as many as a first page has. */
const SINGLE_SLOTS = 20;
/** Last slots of the rows after these: a single slot so far down is shown too rarely for a rate. */
const SLOTS_ENDS = [50, 100];

/** One person's counts in a row of the tally. */
type Counts = {
  impressions: number;
  plays: number;
  shares: number;
  timed: number;
  likes: number;
  skips: number;
};

/** Sums over persons in a row of the tally. */
type Sums = { readonly [Name in "plays" | "completion" | "likes" | "skips"]: RatioSums };

/** Opens a tally. Its memory grows with the rows, not with people or posts. */
export function openTally() {
  const all = new Map<string, Sums>();
  return {
    /** Adds the pages of one person. */
    *add(
      pages: readonly PageColumns[],
      outcomes: readonly ReadonlyMap<number, Outcome>[],
    ): Steps<void> {
      for (const [row, counts] of yield* countsOf(pages, outcomes)) {
        let sums = all.get(row);
        if (sums === undefined) all.set(row, (sums = { plays: noSums(), completion: noSums(), likes: noSums(), skips: noSums() })); // prettier-ignore
        const { impressions, plays, shares, timed, likes, skips } = counts;
        addPerson(sums.plays, plays, impressions);
        addPerson(sums.completion, shares, timed);
        addPerson(sums.likes, likes, impressions);
        addPerson(sums.skips, skips, impressions);
      }
    },
    result: (): Tally => ({
      total: outcomesOf(all.get(TOTAL)),
      source: rowsOf(all, "source"),
      slot: rowsOf(all, "slot").toSorted((a, b) => parseInt(a.name) - parseInt(b.name)),
      audience: rowsOf(all, "audience"),
      policy: rowsOf(all, "policy"),
    }),
  };
}

const TOTAL = "total";
const rowName = (part: Part, name: string) => `${part} ${name}`;

/** The counts of one person, by row. */
function* countsOf(
  pages: readonly PageColumns[],
  outcomes: readonly ReadonlyMap<number, Outcome>[],
): Steps<Map<string, Counts>> {
  const rows = new Map<string, Counts>();
  const row = (name: string) => {
    let counts = rows.get(name);
    if (counts === undefined)
      rows.set(name, (counts = { impressions: 0, plays: 0, shares: 0, timed: 0, likes: 0, skips: 0 })); // prettier-ignore
    return counts;
  };
  for (const [n, { first, posts, sources, audience, policy }] of pages.entries()) {
    yield;
    const shared = [row(TOTAL), row(rowName("audience", audience)), row(rowName("policy", policy))];
    for (let index = 0; index < posts.length; index++) {
      const outcome = outcomes[n]!.get(index);
      for (const counts of shared) count(counts, outcome);
      count(row(rowName("slot", slotName(first + index))), outcome);
      for (const source of sources[index]!) count(row(rowName("source", source)), outcome);
    }
  }
  return rows;
}

function count(counts: Counts, outcome: Outcome | undefined): void {
  counts.impressions++;
  if (outcome === undefined) return;
  counts.plays += Number(outcome.isPlayed);
  counts.likes += Number(outcome.isLiked);
  counts.skips += Number(outcome.isSkipped);
  if (outcome.share === undefined) return;
  counts.timed++;
  counts.shares += outcome.share;
}

function slotName(slot: number): string {
  if (slot <= SINGLE_SLOTS) return String(slot);
  let from = SINGLE_SLOTS + 1;
  for (const end of SLOTS_ENDS) {
    if (slot <= end) return `${from}–${end}`;
    from = end + 1;
  }
  return `${from} and on`;
}

function rowsOf(all: ReadonlyMap<string, Sums>, part: Part) {
  const prefix = rowName(part, "");
  return [...all]
    .filter(([row]) => row.startsWith(prefix))
    .map(([row, sums]) => ({ name: row.slice(prefix.length), ...outcomesOf(sums) }))
    .toSorted((a, b) => b.impressions - a.impressions);
}

function outcomesOf(sums: Sums | undefined): Outcomes {
  return {
    impressions: sums?.plays.m ?? 0,
    plays: sums && wilson(sums.plays),
    completion: sums && wilson(sums.completion),
    likes: sums && wilson(sums.likes),
    skips: sums && wilson(sums.skips),
  };
}
