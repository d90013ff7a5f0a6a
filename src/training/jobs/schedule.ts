/** Schedule of the daily cycle: at the start, then once a day. A failed cycle is retried after growing pauses. */
import { Cron } from "croner";
import pRetry from "p-retry";

/** Longest random delay of a daily run, minutes: not every service should call upstream at the same second. */
const JITTER_MINUTES = 5;

/** Wraps every failure in a plain error: p-retry does not retry after a TypeError. */
function plainly(cause: unknown): never {
  throw new Error(cause instanceof Error ? cause.message : String(cause), { cause });
}

function pattern(syncAt: string): string {
  const [hour, minute] = syncAt.split(":").map(Number);
  return `${minute} ${hour} * * *`;
}

/** Earliest start of the daily run after `nowMs`, milliseconds; `syncAt` is UTC, "HH:MM". */
export function nextDaily(syncAt: string, nowMs: number): number {
  return new Cron(pattern(syncAt), { timezone: "UTC" }).nextRun(new Date(nowMs))!.getTime();
}

/** A schedule that runs until it is stopped. */
export type Schedule = { readonly stop: () => void };

/**
 * Runs `work` on a schedule.
 *
 * @param syncAt  UTC, "HH:MM".
 * @param work  Harmless to repeat.
 * @param onFailure  Called after each failure with the pause before the next try.
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
  let running = run();
  const daily = new Cron(pattern(syncAt), { timezone: "UTC", protect: true }, async () => {
    await Bun.sleep(Math.random() * JITTER_MINUTES * 60_000);
    await running;
    if (!signal.aborted) running = run();
  });
  return {
    stop: () => {
      daily.stop();
      stopped.abort();
    },
  };
}
