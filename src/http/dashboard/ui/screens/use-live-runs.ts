/** Live runs: those that wait or are under way, each with its log so far. */
import { useRef, useState } from "preact/hooks";
import { useStream } from "../use-stream.ts";
import { isOpen, type Line, type RunRow } from "./runs-types.ts";

const TYPES = ["run"] as const;

/** A run with its log so far. */
export type LiveRun = { readonly run: RunRow; readonly log: readonly Line[] };

/**
 * Listens to the runs; after a lost connection their logs are sent again.
 *
 * @param onChange  Called when a run begins to wait or to run, and when it ends.
 * @param isOn  False listens to nothing.
 */
export function useLiveRuns(onChange: () => void, isOn = true): readonly LiveRun[] {
  const [live, setLive] = useState<readonly LiveRun[]>([]);
  const known = useRef(new Map<number, LiveRun>());
  const newest = useRef(onChange);
  newest.current = onChange;
  useStream<RunRow & { readonly lines: readonly Line[] }>(
    isOn ? "/runs/stream" : undefined,
    ({ lines, ...run }) => {
      const before = known.current.get(run.id);
      if (isOpen(run)) known.current.set(run.id, { run, log: joined(before?.log ?? [], lines) });
      else known.current.delete(run.id);
      setLive([...known.current.values()]);
      if (before?.run.state !== run.state) newest.current();
    },
    TYPES,
  );
  return live;
}

/** A log with the lines that came for it, which may begin with lines that it has. */
export function joined(log: readonly Line[], lines: readonly Line[]): readonly Line[] {
  const repeated = log.findIndex((it) => it.at === lines[0]?.at && it.text === lines[0].text);
  return [...(repeated < 0 ? log : log.slice(0, repeated)), ...lines];
}
