/** What becomes of a feed one of whose stages throws. */

/** A stage that threw and was left out, such as `source:similar`, `term:fresh`, `selector:diversity`. */
export type Failure = { readonly stage: string; readonly cause: unknown };

/** Runs one stage; where it may be left out, `without` stands in for it. */
export type Attempt = <T>(stage: string, run: () => T, without: () => T) => T;

/** What fails is thrown: learning does not go on without a stage. */
export const strictly: Attempt = (_, run) => run();

/** What fails is noted and left out: a feed without one of its stages is better than none. */
export const leniently =
  (failures: Failure[]): Attempt =>
  (stage, run, without) => {
    try {
      return run();
    } catch (cause) {
      failures.push({ stage, cause });
      return without();
    }
  };
