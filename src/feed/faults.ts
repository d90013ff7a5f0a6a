/** Faults while answering requests: logged once a minute, listed in `/health/ready` until a check passes. */
import type { Failure } from "../ranking/attempt.ts";

/** Faults of one service. */
export type Faults = ReturnType<typeof openFaults>;

/** Shortest time between two log entries of one part. */
const LOG_MS = 60_000;

type Kept = { readonly message: string; readonly check: () => Promise<void> };

/** A request as a check repeats it: nobody is shown the page, and it is ranked anew. */
export const asPreview = <Request extends object>(request: Request): [Request] => [
  { ...request, isPreview: true, cursor: undefined },
];

/** Opens the list of faults. `explain` words one for operators. */
export function openFaults(
  explain: (fault: Failure) => string,
  log: (line: string) => void,
  nowMs = () => performance.now(),
) {
  const kept = new Map<string, Kept>();
  /** By part; also of those that have passed a check since. */
  const loggedAtMs = new Map<string, number>();

  function report({ stage, cause }: Failure, check: () => Promise<void>): void {
    if (nowMs() - (loggedAtMs.get(stage) ?? -Infinity) >= LOG_MS) {
      log(`${stage}: ${cause instanceof Error ? cause.stack : String(cause)}`);
      loggedAtMs.set(stage, nowMs());
    }
    kept.set(stage, { message: explain({ stage, cause }), check });
  }

  return {
    /** Messages of the parts that failed and have not passed a check since. */
    all: (): readonly string[] => [...new Set([...kept.values()].map(({ message }) => message))],
    /** Repeats the failed calls; parts that work again are taken off the list. */
    check: async (): Promise<void> => {
      for (const [stage, { check }] of kept)
        await check().then(
          () => kept.delete(stage),
          () => {}, // it still fails
        );
    },
    /**
     * Wraps `run`: reports its exceptions, and the faults that `faultsIn` finds in its results. Checks repeat a
     * call with its own arguments, or with what `asCheck` makes of them.
     */
    watched:
      <Args extends unknown[], T>(
        name: string,
        run: (...args: Args) => Promise<T>,
        faultsIn: (result: T) => readonly Failure[] = () => [],
        asCheck: (...args: Args) => Args = (...args) => args,
      ) =>
      async (...args: Args): Promise<T> => {
        const again = (stage: string) => async () => {
          const fault = faultsIn(await run(...asCheck(...args))).find((it) => it.stage === stage);
          if (fault !== undefined) throw fault.cause;
        };
        try {
          const result = await run(...args);
          for (const it of faultsIn(result)) report(it, again(it.stage));
          return result;
        } catch (cause) {
          report({ stage: name, cause }, again(name));
          throw cause;
        }
      },
  };
}
