/** The time of day, for tests that count on nothing being done of its own accord. */

const DAY_MS = 86_400_000;
/** Longest such test, milliseconds. */
const LONGEST_MS = 120_000;

/** Settings of a service whose daily sync and learning are half a day away. */
export const NO_DAILY_RUN = (() => {
  const at = new Date(Date.now() + DAY_MS / 2).toISOString().slice(11, 16);
  return { SYNC_AT: at, LEARN_AT: at };
})();

/** Resolves when the UTC day is not over soon: the first sync of a day reads upstream. */
export async function dayLasts(): Promise<void> {
  const leftMs = DAY_MS - (Date.now() % DAY_MS);
  if (leftMs < LONGEST_MS) await Bun.sleep(leftMs + 1_000);
}
