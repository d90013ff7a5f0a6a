/** Recorder of this process's runs: progress, log and result go into the store by the writer thread. */
import type { Runs } from "../data/runs.ts";
import type { Writer } from "../data/writer/client.ts";
import type { LogLine, Named, RunKind } from "../domain/run.ts";
import type { Progress } from "../training/run.ts";
import type { EndedRun } from "./run-results.ts";

/** Time between two notes of a run under way, milliseconds. One that ends before the first is written once. */
const NOTE_MS = 1_000;
/** Lines that a log keeps, the newest; and characters of a line. */
const LINES_MAX = 200;
const LINE_CHARS = 500;

/** Dependencies of {@link openRecorder}. */
type RecorderDeps = {
  readonly log: (line: string) => void;
  readonly progress: Progress;
  readonly writer: () => Pick<Writer, "write">;
  /** The settings that every run is given. */
  readonly settings: Named;
  readonly nowMs: () => number;
};

/** Opens the recorder. A run goes on if nothing can be written of it. */
export function openRecorder(deps: RecorderDeps) {
  const { writer, log, progress } = deps;
  const live: LiveRun[] = [];
  return {
    /** Logs a line, which is one of every run under way. */
    log: (line: string): void => {
      log(line);
      for (const it of live) it.say(line);
    },
    /** Ends the records of runs whose process is gone, as the newest holder of the lease may: only holders do runs. */
    interruptOthers: async ({ open }: Pick<Runs, "open">): Promise<void> => {
      const isLeft = (await open().catch(() => [])).some(({ state }) => state === "running");
      if (isLeft)
        await writer()
          .write("interruptRuns")
          .catch(() => {});
    },
    /**
     * Does a run and records it.
     *
     * @param isAnswer  True if it is what somebody may have asked for: it then has a record from its start. Others have
     *   none until they do something, since they often find nothing to do.
     */
    recorded: async <T>(
      kind: RunKind,
      work: (progress: Progress) => Promise<T>,
      resultOf: (made: T) => EndedRun,
      isAnswer: boolean,
    ): Promise<T> => {
      const run = liveRun(kind, isAnswer, deps);
      if (isAnswer) await run.begin(); // a request that comes later is for what is stored later
      live.push(run);
      try {
        const made = await work((...at) => (progress(...at), run.progress(...at)));
        await run.end(resultOf(made));
        return made;
      } catch (cause) {
        const words = cause instanceof Error ? cause.message : String(cause);
        await run.end({ state: "failed", words, lines: [words] });
        throw cause;
      } finally {
        live.splice(live.indexOf(run), 1);
      }
    },
  };
}

/** A recorder of runs. */
export type Recorder = ReturnType<typeof openRecorder>;

type LiveRun = ReturnType<typeof liveRun>;

/** A run under way. */
function liveRun(kind: RunKind, isAnswer: boolean, { writer, settings, nowMs }: RecorderDeps) {
  const startedAtMs = nowMs();
  const log: LogLine[] = [];
  let at = { stage: "", done: 0, total: 0 };
  let isNoted = true;
  let begun: Promise<number | undefined> | undefined;
  const lost = () => undefined; // whoever reads the records can't do without the store either
  const begin = () =>
    (begun ??= writer().write("beginRun", kind, startedAtMs, settings, isAnswer).catch(lost));
  const say = (text: string): void => {
    log.push({ atMs: nowMs(), text: text.slice(0, LINE_CHARS) });
    if (log.length > LINES_MAX) log.shift();
    isNoted = false;
  };
  const note = async (): Promise<void> => {
    if (begun === undefined && at.stage === "") return;
    const id = await begin();
    if (isNoted || id === undefined) return;
    isNoted = true;
    await writer().write("noteRun", id, nowMs(), at, log).catch(lost);
  };
  const timer = setInterval(note, NOTE_MS);
  return {
    kind,
    begin,
    say,
    progress: (stage: string, done: number, total: number): void => {
      if (nameOf(stage) !== nameOf(at.stage)) say(nameOf(stage));
      at = { stage, done, total };
      isNoted = false;
    },
    end: async ({ lines = [], ...ended }: EndedRun): Promise<void> => {
      clearInterval(timer);
      if (begun === undefined && ended.state === "nothing_new") return;
      for (const line of lines) say(line);
      const id = await begin();
      if (id === undefined) return;
      await writer()
        .write("endRun", id, { ...ended, ...at, endedAtMs: nowMs(), log })
        .catch(lost);
    },
  };
}

/** A stage without its detail, such as the rows of a sync. */
const nameOf = (stage: string): string => stage.split(",")[0]!;
