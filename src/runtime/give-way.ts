/** Priority of a thread: whoever serves requests goes first. */
import { getPriority, setPriority } from "node:os";

/**
 * Lower the priority of the calling thread and of those it starts from now on.
 *
 * Does nothing but on Linux: elsewhere a priority is the whole program's.
 *
 * @param nice  From 0, as high as others, to 19, the lowest.
 */
export function giveWay(nice: number): void {
  if (process.platform === "linux") setPriority(Math.max(nice, getPriority()));
}
