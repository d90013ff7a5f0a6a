/** The port of runs: records of syncs, learns and the like, the newest of each kind. */
import type { Askable, LogLine, Named, Run, RunKind, RunProgress, RunResult, RunState, RunSummary } from "../domain/run.ts"; // prettier-ignore

/** Records that are kept of each kind: encodings come by the hundred, and must not push out what people look for. */
export const RUNS_KEPT = 100;

/** Records of runs. Those that hold the lease write them, through {@link RunChanges}. */
export type Runs = {
  /** The newest first, `count` at most; of all kinds if none is named. */
  readonly list: (count: number, kind?: RunKind) => Promise<RunSummary[]>;
  readonly find: (id: number) => Promise<Run | undefined>;
  /** The newest earlier run of the same kind that was done. */
  readonly before: (run: Pick<Run, "id" | "kind">) => Promise<Run | undefined>;
  /** Those that wait or are under way, the oldest first. */
  readonly open: () => Promise<RunSummary[]>;
};

/** End of a run. */
export type RunEnd = RunResult &
  RunProgress & {
    readonly state: Exclude<RunState, "waiting" | "running" | "interrupted">;
    readonly endedAtMs: number;
    readonly log: readonly LogLine[];
  };

/** Changes of runs. Each is atomic. */
export type RunChanges = {
  /** Asks the process that learns here for a run; returns its id, or that of the one that waits already. */
  readonly askForRun: (kind: RunKind, nowMs: number) => number;
  /** Asks for a run, unless one that people can ask for waits or is under way: then it is `undefined`. */
  readonly startRun: (kind: Askable, nowMs: number) => number | undefined;
  /**
   * Begins a run and returns its id.
   *
   * @param isAnswer  True if it is the one that waits, where one does.
   */
  readonly beginRun: (kind: RunKind, nowMs: number, settings: Named, isAnswer: boolean) => number;
  readonly noteRun: (
    id: number,
    nowMs: number,
    progress: RunProgress,
    log: readonly LogLine[],
  ) => void;
  readonly endRun: (id: number, end: RunEnd) => void;
  /** Ends the runs that are under way by their records, whose process is gone, at their last note: called with the lease. */
  readonly interruptRuns: () => void;
};
