/** When the day's work happens: now, then daily; after a failure again, with growing pauses. */
import { Cron } from "croner";
import pRetry from "p-retry";

/** Most minutes that a daily run is put off at random: not every service calls at the same second. */
const JITTER_MINUTES = 5;

/** A retry takes a TypeError for final; here every failure is tried again. */
function plainly(cause: unknown): never {
  throw new Error(cause instanceof Error ? cause.message : String(cause), { cause });
}

/** Work that goes on by itself until it is stopped. */
export type Schedule = { readonly stop: () => void };

/**
 * @param syncAt  UTC, "HH:MM".
 * @param work  Harmless to repeat.
 * @param onFailure  Told after each failure, with the pause to come.
 */
export function startSchedule(
  syncAt: string,
  work: () => Promise<void>,
  onFailure: (message: string, pauseMs: number) => void,
): Schedule {
  const stopped = new AbortController();
  const { signal } = stopped;
  const run = () =>
    pRetry(() => work().catch(plainly), {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 30_000,
      maxTimeout: 30 * 60_000,
      randomize: true,
      signal,
      onFailedAttempt: ({ error, retryDelay }) => onFailure(error.message, retryDelay),
    }).catch(() => {}); // only `stop` ends the retries
  const [hour, minute] = syncAt.split(":").map(Number);
  let running = run();
  const daily = new Cron(
    `${minute} ${hour} * * *`,
    { timezone: "UTC", protect: true },
    async () => {
      await Bun.sleep(Math.random() * JITTER_MINUTES * 60_000);
      await running;
      if (!signal.aborted) running = run();
    },
  );
  return {
    stop: () => {
      daily.stop();
      stopped.abort();
    },
  };
}
