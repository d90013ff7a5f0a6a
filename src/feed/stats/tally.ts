/** Tally of shown posts and their outcomes, in total and by source, slot, audience and policy. */
import type { Steps } from "../../runtime/time-slicing.ts";
import type { CreditedPages } from "./credited-pages.ts";
import { count, noCounts, openOutcomes, type Counts, type Outcomes } from "./outcomes.ts";

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

/** Opens a tally. Its memory grows with the rows, not with people or posts. */
export function openTally() {
  const all = openOutcomes<string>();
  const rowsOf = (part: Part) => {
    const prefix = rowName(part, "");
    return [...all.groups()]
      .filter((row) => row.startsWith(prefix))
      .map((row) => ({ name: row.slice(prefix.length), ...all.of(row) }))
      .toSorted((a, b) => b.impressions - a.impressions);
  };
  return {
    /** Adds the pages of one person. */
    *add(person: CreditedPages): Steps<void> {
      yield* all.add(yield* countsOf(person));
    },
    result: (): Tally => ({
      total: all.of(TOTAL),
      source: rowsOf("source"),
      slot: rowsOf("slot").toSorted((a, b) => parseInt(a.name) - parseInt(b.name)),
      audience: rowsOf("audience"),
      policy: rowsOf("policy"),
    }),
  };
}

const TOTAL = "total";
const rowName = (part: Part, name: string) => `${part} ${name}`;

/** The counts of one person, by row. */
function* countsOf({ pages, outcomes }: CreditedPages): Steps<Map<string, Counts>> {
  const rows = new Map<string, Counts>();
  const row = (name: string) => rows.getOrInsertComputed(name, noCounts);
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

function slotName(slot: number): string {
  if (slot <= SINGLE_SLOTS) return String(slot);
  let from = SINGLE_SLOTS + 1;
  for (const end of SLOTS_ENDS) {
    if (slot <= end) return `${from}–${end}`;
    from = end + 1;
  }
  return `${from} and on`;
}
