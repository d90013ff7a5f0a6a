/** Failure policies of stages: training fails fast, a feed fails open. */

/** A stage or another part of a request that threw, such as `source:similar`, `term:fresh`, `history_unavailable`. */
export type Failure = { readonly stage: string; readonly cause: unknown };

/** Runs one stage; `without` returns the result of a stage that is left out. */
export type Attempt = <T>(stage: string, run: () => T, without: () => T) => T;

/** Throws the stage's exception. */
export const failFast: Attempt = (_, run) => run();

/** Leaves out a stage that throws, and adds it to `failures`. */
export const failOpen =
  (failures: Failure[]): Attempt =>
  (stage, run, without) => {
    try {
      return run();
    } catch (cause) {
      failures.push({ stage, cause });
      return without();
    }
  };
