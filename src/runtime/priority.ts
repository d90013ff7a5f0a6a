/** Priority of worker threads: the thread that serves requests goes first. */
import { getPriority, setPriority } from "node:os";

/**
 * Lowers the priority of the calling thread and of threads that it starts later. Linux only:
 * elsewhere a priority belongs to the whole process.
 *
 * @param nice  From 0, the usual priority, to 19, the lowest.
 */
export function lowerPriority(nice: number): void {
  if (process.platform === "linux") setPriority(Math.max(nice, getPriority()));
}
