/** Creators of a model as columns: the posts that each has, and how many of them may be shown and were. */
import { isServable } from "../../ranking/eligibility.ts";
import { isExpired } from "../../ranking/expiry.ts";
import { slicedSort } from "../../runtime/sliced-sort.ts";
import type { Steps } from "../../runtime/time-slicing.ts";
import type { CreatorsRequest, CreatorSummary } from "./creators.ts";
import type { Shown } from "./shown.ts";

/** Posts or creators between two pauses. */
const ENTRIES_A_STEP = 1_000;

/** The creators of a model that have posts, in the order of `info.creators`. */
export function* summariesOf(shown: Shown): Steps<readonly CreatorSummary[]> {
  const { model, posts, creators, impressions, unattributed, untilMs } = shown;
  const names = model.info.creators;
  const [all, servable, seen] = [0, 0, 0].map(() => new Uint32Array(names.length)) as [Uint32Array, Uint32Array, Uint32Array]; // prettier-ignore
  for (let row = 0; row < model.creatorRows.length; row++) {
    if (row % ENTRIES_A_STEP === 0) yield;
    const creator = model.creatorRows[row]!;
    if (creator < 0) continue;
    all[creator]!++;
    if (!isServable(model, row) || isExpired(model, row, untilMs)) continue;
    servable[creator]!++;
    seen[creator]! += Number(posts.impressions(row) > 0);
  }
  const known = impressions - unattributed;
  const summaries: CreatorSummary[] = [];
  for (let n = 0; n < all.length; n++) {
    if (n % ENTRIES_A_STEP === 0) yield;
    if (all[n] === 0) continue;
    const own = creators.impressions(n);
    summaries.push({
      ...{ id: names[n]!, posts: all[n]!, servable: servable[n]!, shown: seen[n]! },
      ...{ impressions: own, people: creators.people(n), share: known > 0 ? own / known : 0 },
    });
  }
  return summaries;
}

/** The summaries that are asked for, in the order asked for; of equal ones the most shown first, then by id. */
export function* sorted(
  all: readonly CreatorSummary[],
  { text, sort, isAscending }: Pick<CreatorsRequest, "text" | "sort" | "isAscending">,
): Steps<readonly CreatorSummary[]> {
  const part = text.toLowerCase();
  const sign = isAscending ? 1 : -1;
  const byId = (a: CreatorSummary, b: CreatorSummary) => (a.id < b.id ? -1 : 1);
  const found: CreatorSummary[] = [];
  for (const [n, it] of all.entries()) {
    if (n % ENTRIES_A_STEP === 0) yield;
    if (it.id.toLowerCase().includes(part)) found.push(it);
  }
  return yield* slicedSort(found, (a, b) =>
    sort === "id"
      ? sign * byId(a, b)
      : sign * (a[sort] - b[sort]) || b.impressions - a.impressions || byId(a, b),
  );
}
