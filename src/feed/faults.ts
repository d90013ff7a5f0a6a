/** What fails while requests are answered: in the log once a minute, in ready until a check passes. */

/** Something that failed, by the name of the part: `feed`, `source:similar`, `history_unavailable`. */
export type Fault = { readonly stage: string; readonly cause: unknown };

/** Faults of one service. */
export type Faults = ReturnType<typeof openFaults>;

/** A fault is logged again after this. */
const LOG_MS = 60_000;

type Kept = { readonly message: string; readonly check: () => Promise<void>; loggedAtMs: number };

/** Where faults are kept. `say` puts one in words for operators. */
export function openFaults(
  say: (fault: Fault) => string,
  log: (line: string) => void,
  nowMs = () => performance.now(),
) {
  const kept = new Map<string, Kept>();

  function report({ stage, cause }: Fault, check: () => Promise<void>): void {
    const before = kept.get(stage);
    const isLogged = before !== undefined && nowMs() - before.loggedAtMs < LOG_MS;
    if (!isLogged) log(`${stage}: ${cause instanceof Error ? cause.stack : String(cause)}`);
    kept.set(stage, {
      message: say({ stage, cause }),
      check,
      loggedAtMs: isLogged ? before.loggedAtMs : nowMs(),
    });
  }

  return {
    /** What has failed and not passed a check since. */
    all: (): readonly string[] => [...new Set([...kept.values()].map(({ message }) => message))],
    /** Try again what has failed; what does not fail any more is forgotten. */
    check: async (): Promise<void> => {
      for (const [stage, { check }] of kept)
        await check().then(
          () => kept.delete(stage),
          () => {}, // still so
        );
    },
    /** `run` whose faults are reported: what it throws, and what `faultsIn` finds in what it gives. */
    watched:
      <Args extends unknown[], T>(
        name: string,
        run: (...args: Args) => Promise<T>,
        faultsIn: (result: T) => readonly Fault[] = () => [],
      ) =>
      async (...args: Args): Promise<T> => {
        const again = (stage: string) => async () => {
          const fault = faultsIn(await run(...args)).find((it) => it.stage === stage);
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
