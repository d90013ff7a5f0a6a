/** Runs as people see them: what was done, how settings differ from the run before, and what can be started. */
import type { Runs } from "../data/runs.ts";
import type { Writer } from "../data/writer/client.ts";
import { ASKABLE, type Askable, type Named, type Run, type RunKind, type RunSummary } from "../domain/run.ts"; // prettier-ignore
import { liveRuns, type RunNews } from "./live-runs.ts";

/** A setting that differs between two runs; `undefined` where one has none of the name. */
type SettingDifference = {
  readonly name: string;
  readonly before: number | string | undefined;
  readonly now: number | string | undefined;
};

/** A run beside the one before of its kind. */
export type RunDetails = {
  readonly run: Run;
  readonly before: Run | undefined;
  /** By name; empty without a run before. */
  readonly differences: readonly SettingDifference[];
};

/** Reasons why no run of a kind can be started now, in words; `undefined` if one can. */
type Refusals = Readonly<Record<Askable, string | undefined>>;

/** The runs that routes call. */
export type RunsService = {
  readonly list: (count: number, kind?: RunKind) => Promise<readonly RunSummary[]>;
  readonly find: (id: number) => Promise<RunDetails | undefined>;
  /** Tells of those that wait or are under way, as they come on. */
  readonly live: (signal: AbortSignal) => AsyncIterable<RunNews>;
  readonly refusals: () => Promise<Refusals>;
  /** Starts a run where none hinders it: its id, or the reason why it can't be started. */
  readonly start: (
    kind: Askable,
  ) => Promise<{ readonly id: number } | { readonly refusal: string }>;
  /** Asks the process that learns here for a run, after what is under way; returns its id, or that of one that waits already. */
  readonly ask: (kind: Askable) => Promise<number>;
};

/** Dependencies of {@link runsService}. */
type RunsDeps = {
  /** Those of the store, which may be replaced while it is served. */
  readonly runs: () => Runs;
  readonly writer: () => Pick<Writer, "write">;
  readonly nowMs: () => number;
  readonly paths: { readonly upstream: { readonly kind: string } };
  /** Another process that syncs and learns here and does not serve with this one; `undefined` without one. */
  readonly otherHolder: () => Promise<string | undefined>;
  /** Numbers of stored posts and events. */
  readonly counts: () => Promise<{ readonly posts: number; readonly events: number }>;
};

/** The runs of a store. */
export function runsService(deps: RunsDeps): RunsService {
  const { runs, writer, nowMs } = deps;
  return {
    list: (count, kind) => runs().list(count, kind),
    live: (signal) => liveRuns(runs, signal),
    ask: (kind) => writer().write("askForRun", kind, nowMs()),
    refusals: () => refusalsOf(deps),
    start: async (kind) => {
      for (;;) {
        const refusal = (await refusalsOf(deps))[kind];
        if (refusal !== undefined) return { refusal };
        const id = await writer().write("startRun", kind, nowMs());
        if (id !== undefined) return { id };
      }
    },
    find: async (id) => {
      const run = await runs().find(id);
      if (run === undefined) return undefined;
      const before = await runs().before(run);
      return {
        run,
        before,
        differences: before ? differencesOf(before.settings, run) : [],
      };
    },
  };
}

/** Settings that differ, by name; of a run that was not done, which has fitted none yet, only those it was given. */
function differencesOf(before: Named, { settings: now, state }: Run): SettingDifference[] {
  const names = new Set([...(state === "done" ? Object.keys(before) : []), ...Object.keys(now)]);
  return [...names]
    .filter((name) => before[name] !== now[name])
    .map((name) => ({ name, before: before[name], now: now[name] }));
}

/** Reasons against a sync, by the kind of upstream. */
const NOT_SYNCED: Readonly<Record<string, string>> = {
  none: "this catalogue has no upstream to sync: apps send its posts and events",
  demo: "the demo has nothing new to read: all of it was made up at the first start",
};

const ASKABLE_KINDS: readonly RunKind[] = ASKABLE;

async function refusalsOf({ runs, paths, otherHolder, counts }: RunsDeps): Promise<Refusals> {
  const busy = (await runs().open()).find(({ kind }) => ASKABLE_KINDS.includes(kind));
  const holder = await otherHolder();
  const all =
    busy !== undefined
      ? `run ${busy.id} (${busy.kind}) ${busy.state === "waiting" ? "waits to begin" : "is under way"}: wait until it has ended`
      : holder &&
        `${holder} syncs and learns here: if it serves, start the run there, else wait until it ends or stop it`;
  const { posts, events } = await counts();
  const nothing = (what: string) => `no ${what} is stored yet`;
  return {
    sync: NOT_SYNCED[paths.upstream.kind] ?? all,
    learn: posts === 0 ? nothing("post") : all,
    evaluate: events === 0 ? nothing("event") : all,
  };
}
