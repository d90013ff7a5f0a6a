/** The runs that wait or are under way, as the service tells of them. */
import { useRef, useState } from "preact/hooks";
import { useStream } from "../use-stream.ts";
import type { Line, RunRow } from "./runs-types.ts";
import { isOpen } from "./runs-types.ts";

const TYPES = ["run"] as const;

/** A run with its log so far. */
export type LiveRun = { readonly run: RunRow; readonly log: readonly Line[] };

/** Listens; `onChange` is called when a run begins to wait or to run, and when it ends. */
export function useLiveRuns(onChange: () => void): readonly LiveRun[] {
  const [live, setLive] = useState<readonly LiveRun[]>([]);
  const known = useRef(new Map<number, LiveRun>());
  const newest = useRef(onChange);
  newest.current = onChange;
  useStream<RunRow & { readonly lines: readonly Line[] }>(
    "/runs/stream",
    ({ lines, ...run }) => {
      const before = known.current.get(run.id);
      const isRepeated = lines[0] !== undefined && lines[0].at === before?.log[0]?.at; // after a lost connection
      const log = isRepeated ? lines : [...(before?.log ?? []), ...lines];
      if (isOpen(run)) known.current.set(run.id, { run, log });
      else known.current.delete(run.id);
      setLive([...known.current.values()]);
      if (before?.run.state !== run.state) newest.current();
    },
    TYPES,
  );
  return live;
}
