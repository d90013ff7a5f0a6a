/**
 * Preloaded into a program: how late a timer of one millisecond comes. Written to the file that
 * `STALL_PROBE` names, in threes of doubles: when (Unix epoch milliseconds), how late, and how much
 * of that the thread waited for a core that others had (as Linux tells it; elsewhere 0).
 */
import { existsSync, openSync, readSync, writeSync } from "node:fs";

const TELL_MS = 250;
const path = process.env["STALL_PROBE"];

/** Milliseconds that the main thread has waited for a core so far. */
function waitedSoFar(): () => number {
  const stat = `/proc/self/task/${process.pid}/schedstat`;
  if (!existsSync(stat)) return () => 0;
  const file = openSync(stat, "r");
  const bytes = Buffer.alloc(64);
  return () => Number(bytes.toString("latin1", 0, readSync(file, bytes, 0, 64, 0)).split(" ")[1]) / 1e6; // prettier-ignore
}

if (path !== undefined && Bun.isMainThread) {
  const file = openSync(path, "a");
  const waited = waitedSoFar();
  const found: number[] = [];
  let last = { atMs: performance.now(), waitedMs: waited() };
  let toldMs = last.atMs;
  const look = () => {
    const now = { atMs: performance.now(), waitedMs: waited() };
    const lateMs = Math.max(0, now.atMs - last.atMs - 1);
    found.push(performance.timeOrigin + now.atMs, lateMs, now.waitedMs - last.waitedMs);
    if (now.atMs - toldMs > TELL_MS) {
      writeSync(file, Float64Array.from(found.splice(0)));
      toldMs = now.atMs;
    }
    last = { ...now, atMs: performance.now() };
    setTimeout(look, 1);
  };
  setTimeout(look, 1);
}
