/** The confidence matrix C of all histories, which models are trained on. */
import type { Histories } from "../domain/history.ts";
import { historyOf } from "../evaluation/histories.ts";
import { onlyEntries, type Csr } from "../linalg/sparse.ts";
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { ConfidenceParams, Scales } from "../models/confidence.ts";
import { MARKS, preferencesOf } from "../models/confidence.ts";
import type { Entries } from "../models/popularity/popularity.ts";

/** All likes and dislikes. */
export type Signals = {
  /** C, users × posts, signed; a row's entries from oldest to newest. */
  readonly matrix: Csr;
  /** C without the dislikes. */
  readonly likes: Csr;
  /** The entries of C that count in popularity, in the units of the signals table. */
  readonly entries: Entries;
  /** Time of each entry of C. */
  readonly atMs: Float64Array;
  /** Bits of {@link MARKS} of each entry of C. */
  readonly marks: Uint8Array;
};

/** Sums up every history; posts outside the catalogue are left out. */
export function signalsOf(
  histories: Histories,
  posts: Vocabulary,
  scales: Scales,
  asOfMs: number,
  params: ConfidenceParams,
): Signals {
  const most = histories.postKeys.length;
  const users = histories.userKeys.length;
  const rowStart = new Uint32Array(users + 1);
  const [people, rows] = [new Uint32Array(most), new Uint32Array(most)];
  const [values, atMs, marks] = [new Float32Array(most), new Float64Array(most), new Uint8Array(most)]; // prettier-ignore
  let size = 0;
  for (let user = 0; user < users; user++) {
    const preferences = preferencesOf(historyOf(histories, user), scales, asOfMs, params);
    const { postKeys, confidence, lastAtMs } = preferences;
    for (let n = 0; n < postKeys.length; n++) {
      const row = posts.rowOf(postKeys[n]!);
      if (row === undefined || confidence[n] === 0) continue;
      people[size] = user;
      rows[size] = row;
      values[size] = confidence[n]!;
      marks[size] = preferences.marks[n]!;
      atMs[size++] = lastAtMs[n]!;
    }
    rowStart[user + 1] = size;
  }
  const matrix: Csr = {
    columnCount: posts.keys.length,
    rowStart,
    columns: rows.slice(0, size),
    values: values.slice(0, size),
  };
  const isPopular = (_: number, n: number) => (marks[n]! & MARKS.popular) !== 0;
  return {
    matrix,
    likes: onlyEntries(matrix, (n) => matrix.values[n]! > 0),
    entries: {
      people: people.subarray(0, size).filter(isPopular),
      rows: matrix.columns.filter(isPopular),
      confidence: matrix.values.filter(isPopular),
      atMs: atMs.subarray(0, size).filter(isPopular),
    },
    atMs: atMs.slice(0, size),
    marks: marks.slice(0, size),
  };
}

/** The signals with every confidence of C multiplied by `unit`. */
export function scaled(signals: Signals, unit: number): Signals {
  const times = (m: Csr): Csr => ({ ...m, values: m.values.map((it) => unit * it) });
  return { ...signals, matrix: times(signals.matrix), likes: times(signals.likes) };
}

/** The steps of people whose steps have different times: the others have no order to learn from. */
export function inOrder({ matrix, atMs, marks }: Signals): Csr {
  const isStep = (n: number) => matrix.values[n]! > 0 && (marks[n]! & MARKS.step) !== 0;
  const likes = onlyEntries(matrix, isStep);
  const times = atMs.filter((_, n) => isStep(n));
  const isKept = new Uint8Array(times.length);
  for (let row = 0; row < likes.rowStart.length - 1; row++) {
    const [from, to] = [likes.rowStart[row]!, likes.rowStart[row + 1]!];
    if (times[from]! < times[to - 1]!) isKept.fill(1, from, to);
  }
  return onlyEntries(likes, (n) => isKept[n] === 1);
}

/**
 * The factor that makes the mean like 1, so that λ and α₀ mean the same for any mix of signals: plain
 * likes, ratings, or mostly views. The mean is over people, each with their own mean: heavy users
 * do not set the unit.
 */
export function confidenceUnit({ likes: { rowStart, values } }: Signals): number {
  let [sum, people] = [0, 0];
  for (let user = 0; user < rowStart.length - 1; user++) {
    const own = values.subarray(rowStart[user]!, rowStart[user + 1]!);
    if (own.length === 0) continue;
    sum += own.reduce((total, it) => total + it, 0) / own.length;
    people++;
  }
  return people === 0 ? 1 : people / sum;
}
