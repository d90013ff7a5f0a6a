/** Rows of the event stream, the newest first; while they are held, new ones wait. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useStream, type StreamState } from "../use-stream.ts";
import type { EventRow } from "./events-types.ts";

/** Rows that are kept. */
const ROWS_MAX = 300;
/** Keys that are remembered: more than a stream that begins anew repeats. */
const SEEN_MAX = 2_000;
/** Time in which rows are gathered before they are drawn, milliseconds. */
const GATHER_MS = 150;
const TYPES = ["row", "skipped"] as const;

/** The rows of the stream. */
export type EventRows = {
  readonly rows: readonly EventRow[];
  /** Number of rows that wait. */
  readonly waiting: number;
  /** Rows that came faster than they were read. */
  readonly skipped: number;
  readonly state: StreamState;
};

/**
 * Follows the stream.
 *
 * @param onRow  Called with each row at once, also while they are held.
 */
export function useEventRows(isHeld: boolean, onRow: (row: EventRow) => void): EventRows {
  const [rows, setRows] = useState<readonly EventRow[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [skipped, setSkipped] = useState(0);
  const fresh = useRef<EventRow[]>([]);
  const seen = useRef(new Set<string>());
  const isEmpty = useRef(true);
  const held = useRef(isHeld);
  held.current = isHeld;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const draw = () => {
    timer.current = undefined;
    // An empty list has nothing that could move.
    if (held.current && !isEmpty.current) return setWaiting(fresh.current.length);
    const added = fresh.current.splice(0).reverse();
    setWaiting(0);
    isEmpty.current &&= added.length === 0;
    if (added.length > 0) setRows((before) => [...added, ...before].slice(0, ROWS_MAX));
  };
  const state = useStream<EventRow & { rows: number }>(
    "/events/stream",
    (data, type) => {
      if (type === "skipped") return setSkipped((it) => it + data.rows);
      if (seen.current.has(data.key)) return; // a stream that begins anew repeats the newest
      seen.current.add(data.key);
      if (seen.current.size > SEEN_MAX) seen.current.delete(seen.current.values().next().value!);
      fresh.current = [...fresh.current.slice(1 - ROWS_MAX), data];
      onRow(data);
      timer.current ??= setTimeout(draw, GATHER_MS);
    },
    TYPES,
  );
  useEffect(() => draw(), [isHeld]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { rows, waiting, skipped, state };
}
