/** Doubts: what a file's rows say that was probably not meant. */
import type { Row, RowName } from "../rows/row.ts";

/** Fields whose columns may be in seconds. */
const DURATIONS = ["watched_ms", "duration_ms"] as const;
/** Share of shorter times than a second from which they are taken for seconds. */
const SHORT_SHARE = 0.9;
const SECOND_MS = 1_000;

/** Looks at rows as they come; what is doubtful about them, a line each. */
export function openDoubts(kind: RowName) {
  let [rows, timeless, textCards] = [0, 0, 0];
  const durations = DURATIONS.map((field) => ({ field, known: 0, short: 0 }));
  return {
    see: (some: readonly object[]): void => {
      rows += some.length;
      for (const row of some as readonly Partial<Row<"posts"> & Row<"events">>[]) {
        if (kind === "events" && row.at === undefined) timeless++;
        if (row.card?.startsWith('"')) textCards++;
        for (const it of durations) {
          const ms = row[it.field] ?? 0;
          if (ms > 0) it.known++;
          if (ms > 0 && ms < SECOND_MS) it.short++;
        }
      }
    },
    words: (): string[] => [
      ...(timeless > 0
        ? [
            `${timeless} of ${rows} events have no time: they count as done when the file was last changed, those of one user, post and kind as one; --map at=COLUMN names the column of times`,
          ]
        : []),
      ...durations
        .filter(({ known, short }) => short > 0 && short >= SHORT_SHARE * known)
        .map(
          ({ field, known, short }) =>
            `${short} of ${known} times in ${field} are below 1000, less than a second: if they are seconds, say --map ${field}=COLUMN*1000`,
        ),
      ...(textCards > 0 ? [`${textCards} of ${rows} cards are plain text, not JSON objects`] : []),
    ],
  };
}
