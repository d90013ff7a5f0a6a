/** The confidence matrix C of all histories, which models are trained on. */
import type { Histories } from "../domain/history.ts";
import { historyOf } from "../evaluation/histories.ts";
import { onlyEntries, type Csr } from "../linalg/sparse.ts";
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { ConfidenceParams, RatingScale } from "../models/confidence.ts";
import { preferencesOf } from "../models/confidence.ts";
import type { Entries } from "../models/popularity/popularity.ts";

/** All likes and dislikes. */
export type Signals = {
  /** C, users × posts, signed; a row's entries from oldest to newest. */
  readonly matrix: Csr;
  /** C without the dislikes. */
  readonly likes: Csr;
  readonly entries: Entries;
};

/** Sums up every history; posts outside the catalogue are left out. */
export function signalsOf(
  histories: Histories,
  posts: Vocabulary,
  scale: RatingScale,
  asOfMs: number,
  params: ConfidenceParams,
): Signals {
  const most = histories.postKeys.length;
  const users = histories.userKeys.length;
  const rowStart = new Uint32Array(users + 1);
  const [people, rows] = [new Uint32Array(most), new Uint32Array(most)];
  const [values, atMs] = [new Float32Array(most), new Float64Array(most)];
  let size = 0;
  for (let user = 0; user < users; user++) {
    const { postKeys, confidence, lastAtMs } = preferencesOf(historyOf(histories, user), scale, asOfMs, params); // prettier-ignore
    for (let n = 0; n < postKeys.length; n++) {
      const row = posts.rowOf(postKeys[n]!);
      if (row === undefined || confidence[n] === 0) continue;
      people[size] = user;
      rows[size] = row;
      values[size] = confidence[n]!;
      atMs[size++] = lastAtMs[n]!;
    }
    rowStart[user + 1] = size;
  }
  const entries: Entries = {
    people: people.slice(0, size),
    rows: rows.slice(0, size),
    confidence: values.slice(0, size),
    atMs: atMs.slice(0, size),
  };
  const matrix: Csr = {
    columnCount: posts.keys.length,
    rowStart,
    columns: entries.rows,
    values: entries.confidence,
  };
  return { matrix, likes: onlyEntries(matrix, (n) => matrix.values[n]! > 0), entries };
}

/** The signals with every confidence multiplied by `unit`. */
export function scaled({ matrix, likes, entries }: Signals, unit: number): Signals {
  const times = (m: Csr): Csr => ({ ...m, values: m.values.map((it) => unit * it) });
  return { matrix: times(matrix), likes: times(likes), entries };
}

/** The likes of people whose likes have different times: the others have no order to learn from. */
export function inOrder({ likes, entries }: Signals): Csr {
  const times = entries.atMs.filter((_, n) => entries.confidence[n]! > 0);
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
