/** Runs that somebody has asked for: each that waits in the store is begun once. Learning is begun by the watch. */
import type { Runs } from "../data/runs.ts";
import type { Askable } from "../domain/run.ts";

/** Work that answers a request; its failure is in the run's record. */
type Answers = Readonly<Record<Exclude<Askable, "learn">, () => Promise<unknown>>>;

/** Looks for requests; call it twice a second. */
export function askedRuns(runs: () => Pick<Runs, "open">, answers: Answers) {
  let lastId = 0;
  return async (): Promise<void> => {
    const open = await runs().open();
    for (const { id, kind, state } of open) {
      if (state !== "waiting" || id <= lastId || !(kind in answers)) continue;
      lastId = id;
      void answers[kind as keyof Answers]().catch(() => {});
    }
  };
}

/** The request to learn that waits; `undefined` without one. */
export async function askedToLearn({ open }: Pick<Runs, "open">): Promise<number | undefined> {
  return (await open()).find(({ kind, state }) => kind === "learn" && state === "waiting")?.id;
}
