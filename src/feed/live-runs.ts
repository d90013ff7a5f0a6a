/** The runs under way, as they come on: read from the store, so that every process tells of every other's. */
import type { Runs } from "../data/runs.ts";
import type { LogLine, RunSummary } from "../domain/run.ts";

/** Time between two looks, milliseconds: the process that runs notes its progress once a second. */
const LOOK_MS = 500;

/** A run that has come on or ended, and the lines that are new in its log. */
export type RunNews = { readonly run: RunSummary; readonly lines: readonly LogLine[] };

/** What was told of a run. */
type Told = { readonly summary: string; readonly atMs: number; readonly atSame: number };

/** Tells of every run that waits or is under way, at first whole, then of what changes, its end included. */
export async function* liveRuns(
  runs: () => Pick<Runs, "open" | "find">,
  signal: AbortSignal,
  lookMs: number = LOOK_MS,
): AsyncGenerator<RunNews> {
  const told = new Map<number, Told>();
  for (; !signal.aborted; await Bun.sleep(lookMs)) {
    const ids = new Set((await runs().open()).map(({ id }) => id));
    for (const id of new Set([...told.keys(), ...ids])) {
      const run = await runs().find(id);
      const news = run && newsOf(run, told.get(id));
      if (news) yield news.news;
      if (news && ids.has(id)) told.set(id, news.told);
      else if (!ids.has(id)) told.delete(id);
    }
  }
}

/** The news since what was told; `undefined` for none. A log loses its oldest lines, so lines are told apart by their times. */
function newsOf({ log, ...it }: RunSummary & { readonly log: readonly LogLine[] }, before?: Told) {
  const { id, kind, state, askedAtMs, startedAtMs, endedAtMs, stage, done, total, words } = it;
  const run = { id, kind, state, askedAtMs, startedAtMs, endedAtMs, stage, done, total, words };
  const lines = linesAfter(log, before);
  const summary = JSON.stringify(run);
  if (lines.length === 0 && summary === before?.summary) return undefined;
  const atMs = log.at(-1)?.atMs ?? -Infinity;
  const atSame = log.filter((line) => line.atMs === atMs).length;
  return { news: { run, lines }, told: { summary, atMs, atSame } };
}

function linesAfter(log: readonly LogLine[], before: Told | undefined): readonly LogLine[] {
  if (before === undefined) return log;
  const same = log.filter(({ atMs }) => atMs === before.atMs).slice(before.atSame);
  return [...same, ...log.filter(({ atMs }) => atMs > before.atMs)];
}
