/** News of runs under way, read from the store: every process tells of every other's. */
import type { Runs } from "../data/runs.ts";
import type { LogLine, Run, RunSummary } from "../domain/run.ts";

/** Time between two looks, milliseconds: the process that runs notes its progress once a second. */
const LOOK_MS = 500;

/** A run that has come on or ended, and the lines that are new in its log. */
export type RunNews = { readonly run: RunSummary; readonly lines: readonly LogLine[] };

/** Tells of every run that waits or is under way, at first whole, then of what changes, its end included. */
export async function* liveRuns(
  runs: () => Pick<Runs, "open" | "find">,
  signal: AbortSignal,
  lookMs: number = LOOK_MS,
): AsyncGenerator<RunNews> {
  const told = new Map<number, Run>();
  for (; !signal.aborted; await Bun.sleep(lookMs)) {
    const ids = new Set((await runs().open()).map(({ id }) => id));
    for (const id of new Set([...told.keys(), ...ids])) {
      const run = await runs().find(id);
      const news = run && newsOf(run, told.get(id));
      if (news) yield news;
      if (run && ids.has(id)) told.set(id, run);
      else told.delete(id);
    }
  }
}

/** The news of a run since it was told of; `undefined` for none. */
function newsOf(run: Run, before: Run | undefined): RunNews | undefined {
  const last = before?.log.at(-1);
  const told = run.log.findLastIndex(({ atMs, text }) => atMs === last?.atMs && text === last.text);
  const lines = run.log.slice(told + 1); // by the line, not by its number: a log loses its oldest
  const summary = summaryOf(run);
  const isSame = before !== undefined && Bun.deepEquals(summaryOf(before), summary);
  return isSame && lines.length === 0 ? undefined : { run: summary, lines };
}

function summaryOf({
  figures: _f,
  quality: _q,
  settings: _s,
  log: _l,
  ...summary
}: Run): RunSummary {
  return summary;
}
