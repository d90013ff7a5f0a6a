/** Changes between two ranked lists of one person, and for each post the reason that weighs most. */
import { REASONS, reasonsIn } from "../../ranking/eligibility.ts";
import type { Ranker, ScoredFeed } from "../../ranking/feed.ts";
import type { Change, TermChange } from "./effect.ts";
import { reasonFor, wordsFor, type Say } from "../explain.ts";
import { rankIn } from "../why.ts";

type Lists = {
  readonly before: ScoredFeed;
  readonly after: ScoredFeed;
  /** Words of the terms of the new list. */
  readonly say: Say;
  /** Length of the compared lists. */
  readonly first: number;
};

/** Smallest change of a term that is a reason, in units of the score. */
const TELLING = 0.005;

/** Changes among the first posts, in the order of the new list; those that left come last. */
export function changesOf(ranker: Ranker, lists: Lists): Change[] {
  const { before, after, first } = lists;
  const rows = new Set([...after.rows.subarray(0, first), ...before.rows.subarray(0, first)]);
  return [...rows].flatMap((row) => {
    const [rankBefore, rankAfter] = [rankIn(before.rows, row), rankIn(after.rows, row)];
    if (rankBefore === rankAfter) return [];
    const [was, is] = [isWithin(rankBefore, first), isWithin(rankAfter, first)];
    const change = was && is ? "moved" : is ? "entered" : "left";
    const isUp = (rankAfter ?? Infinity) < (rankBefore ?? Infinity);
    return { row, change, rankBefore, rankAfter, ...reasonOf(ranker, lists, row, isUp) };
  });
}

const isWithin = (rank: number | undefined, first: number) => rank !== undefined && rank <= first;

function reasonOf(
  ranker: Ranker,
  { before, after, say }: Lists,
  row: number,
  isUp: boolean,
): Pick<Change, "term" | "words"> {
  const [was, is] = [before, after].map((it) => reasonsIn(it.reasons[row]!));
  const barred = is!.find((it) => !was!.includes(it));
  if (barred !== undefined) return { term: undefined, words: REASONS[barred].words };
  const freed = was!.find((it) => !is!.includes(it));
  if (freed !== undefined)
    return { term: undefined, words: `no longer so: ${REASONS[freed].words}` };
  const [old, now] = [reasonFor(ranker, before, row), reasonFor(ranker, after, row, say)];
  if (old.sources.length === 0 && now.sources.length > 0)
    return { term: undefined, words: `found now by ${now.sources.join(", ")}: ${now.reasons[0]}` };
  if (old.sources.length > 0 && now.sources.length === 0)
    return { term: undefined, words: "no source finds it any more" };
  const term = mostChanged(old.terms, now.terms, isUp);
  if (term === undefined)
    return { term, words: isUp ? "others fell behind it" : "others came before it" };
  const { name } = term;
  const moves = `${name} ${isUp ? "rose" : "fell"} from ${term.before.toFixed(2)} to ${term.after.toFixed(2)}`;
  // The words of a term praise the post: they are true of none that it speaks against.
  if (!isUp || term.after <= 0 || after.termsAgainst.includes(name)) return { term, words: moves };
  return { term, words: `${moves}: ${say(name, row) ?? wordsFor(name, after.inputs.person)}` };
}

/** The term that changed most in the direction of the move; `undefined` if none did. */
function mostChanged(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  isUp: boolean,
): TermChange | undefined {
  const changes = Object.keys(after).map((name) => ({
    name,
    before: before[name] ?? 0,
    after: after[name] ?? 0,
  }));
  const gain = (it: TermChange) => (it.after - it.before) * (isUp ? 1 : -1);
  const [most] = changes.sort((a, b) => gain(b) - gain(a));
  return most !== undefined && gain(most) >= TELLING ? most : undefined;
}
