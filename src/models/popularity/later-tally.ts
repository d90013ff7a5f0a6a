/** Later tally: the popularity of posts with what people have done after the training. */
import { DAY_MS } from "../../domain/day.ts";
import type { Part } from "../../snapshot/columns.ts";
import { BEGINNING, popularityOf, TALLIED, type PopularityParams } from "./popularity.ts";

/** A person's entries since, and the times of those before. */
export type LaterEntries = {
  /** Rows, none of which they knew before. */
  readonly rows: readonly number[];
  /** In the units of the signals table; negative for a dislike. */
  readonly confidence: readonly number[];
  readonly atMs: readonly number[];
  /** Times of the posts that they knew before. */
  readonly beforeMs: readonly number[];
};

/** The tally of one model, to which people's later entries are added. */
export type LaterTally = {
  /** Puts a person's entries in place of those that they had. */
  readonly put: (person: number, entries: LaterEntries, nowMs: number) => void;
  /** Forgets whose a person's entries are: they stay. */
  readonly settle: (person: number) => void;
  /** The model's part as of a time. */
  readonly part: (nowMs: number) => Part;
};

/** A part with a tally and the column that is made of it. */
type TalliedPart = Part<{ readonly params: PopularityParams }> & {
  readonly columns: { readonly tally: Float32Array; readonly prior?: Float32Array };
};

/**
 * Opens a tally. The weight of a person, the square root over accounts with one entry and the decay are
 * those of training.
 *
 * @param column  Name of the part's column of popularity.
 * @param asOfMs  Time to which the masses of `part` have decayed.
 */
export function laterTally(part: TalliedPart, column: string, asOfMs: number): LaterTally {
  const { info, columns } = part;
  const { params } = info;
  const tally = Float64Array.from(columns.tally);
  const before = new Map<number, readonly Added[]>();
  const leftAt = (atMs: number, fromMs: number) => 0.5 ** ((fromMs - atMs) / DAY_MS / params.halfLifeDays); // prettier-ignore

  /** A person's contribution to the tally; masses as if they had decayed from `asOfMs` on. */
  function addedBy({ rows, confidence, atMs, beforeMs }: LaterEntries, nowMs: number): Added[] {
    const place = (n: number) => (n < BEGINNING ? 1 : params.laterWeight);
    const left = [...beforeMs, ...atMs].map((it, n) => place(n) * leftAt(it, nowMs));
    const recent = left.reduce((sum, it) => sum + it, 0);
    const isSingle = left.length === 1;
    const v = isSingle ? params.singleEventWeight : Math.sqrt(Math.min(1, params.dampedFrom / recent)); // prettier-ignore
    return rows.map((row, n) => {
      const c = confidence[n]!;
      const mass = v * Math.sqrt(Math.max(0, c)) * place(beforeMs.length + n) * leftAt(atMs[n]!, asOfMs); // prettier-ignore
      return { row, mass, isSingle, dislikes: c < 0 ? v : 0, count: v };
    });
  }

  const add = ({ row, mass, isSingle, dislikes, count }: Added, sign: 1 | -1) => {
    const at = row * TALLIED;
    // Sums and differences of floats leave remainders, which a root would enlarge.
    const sum = (n: number, it: number) =>
      (tally[at + n] = Math.max(0, tally[at + n]! + sign * it));
    sum(Number(isSingle), mass);
    sum(2, dislikes);
    sum(3, count);
  };

  return {
    put: (person, entries, nowMs) => {
      for (const it of before.get(person) ?? []) add(it, -1);
      const now = addedBy(entries, nowMs);
      for (const it of now) add(it, 1);
      before.set(person, now);
    },
    settle: (person) => void before.delete(person),
    part: (nowMs) => {
      const { prior } = columns; // posts that came later are filled into it
      const popularity = popularityOf(tally, params, { left: leftAt(asOfMs, nowMs), prior });
      return { info, columns: { ...columns, [column]: popularity } };
    },
  };
}

type Added = {
  readonly row: number;
  readonly mass: number;
  readonly isSingle: boolean;
  readonly dislikes: number;
  readonly count: number;
};
