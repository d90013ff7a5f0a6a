/** A run: one piece of background work, such as a sync, and the record that is kept of it. */

/** Kinds of runs. Encodings give texts vectors; renewals write the newest snapshot again with new vectors. */
export const RUN_KINDS = ["sync", "learn", "renew", "encode", "evaluate"] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** Kinds that people ask for; one run of these is under way at a time. */
export const ASKABLE = ["sync", "learn", "evaluate"] as const satisfies readonly RunKind[];
export type Askable = (typeof ASKABLE)[number];

/** States of runs: asked for, under way, and how one ended. The process of an `interrupted` one ended first. */
export const RUN_STATES = ["waiting", "running", "done", "nothing_new", "failed", "interrupted"] as const; // prettier-ignore
export type RunState = (typeof RUN_STATES)[number];

/** Progress of a run: `done` of `total` steps of a stage. */
export type RunProgress = { readonly stage: string; readonly done: number; readonly total: number };

/** A line of a run's log. */
export type LogLine = { readonly atMs: number; readonly text: string };

/** Values by name: settings, or results. */
export type Named = Readonly<Record<string, number | string>>;

/** nDCG@20 of a ranking, and the ends of its 95 % interval. */
type MeasuredRanking = {
  readonly name: string;
  readonly nDcg: number;
  readonly low: number;
  readonly high: number;
};

/** Quality that a run measured on held-out cases. */
export type RunQuality = { readonly cases: number; readonly rankings: readonly MeasuredRanking[] };

/** Result of a run. */
export type RunResult = {
  /** In a sentence or two; "" for none. */
  readonly words: string;
  readonly figures?: Named;
  readonly quality?: RunQuality | undefined;
  /** Settings it has found, beside those it was given. */
  readonly settings?: Named;
};

/** A run in few words. Times are Unix epoch milliseconds. */
export type RunSummary = RunProgress & {
  readonly id: number;
  readonly kind: RunKind;
  readonly state: RunState;
  /** `undefined` for one that nobody asked for. */
  readonly askedAtMs: number | undefined;
  readonly startedAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
  readonly words: string;
};

/** Everything that is kept of a run. */
export type Run = RunSummary & {
  readonly figures: Named;
  readonly quality: RunQuality | undefined;
  readonly settings: Named;
  readonly log: readonly LogLine[];
};
