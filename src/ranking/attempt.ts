/** Policies for a stage that throws: training stops, a feed is ranked without the stage. */

/** A stage that threw and was left out, such as `source:similar`, `term:fresh`, `selector:diversity`. */
export type Failure = { readonly stage: string; readonly cause: unknown };

/** Runs one stage; `without` gives the result of a stage that is left out. */
export type Attempt = <T>(stage: string, run: () => T, without: () => T) => T;

/** Throws what a stage throws. */
export const strictly: Attempt = (_, run) => run();

/** Leaves out a stage that throws, and adds it to `failures`. */
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
