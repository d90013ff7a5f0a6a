/** Progress of a thread's work: each stage's start and end, and ten messages a second in between. */
import type { Progress } from "../run.ts";

/** Shortest time between two messages of one stage, milliseconds. */
const INTERVAL_MS = 100;

/** A reporter that collects garbage before each stage: it may be gigabytes that would stay until much later. */
export function stageReporter(send: Progress): Progress {
  let [before, sentAtMs] = ["", 0];
  return (stage, done, total) => {
    const now = performance.now();
    if (stage === before && done < total && now - sentAtMs < INTERVAL_MS) return;
    if (stage !== before) Bun.gc(true);
    [before, sentAtMs] = [stage, now];
    send(stage, done, total);
  };
}
