/**
 * Heartbeat of a child process: a ping every beat; too many unanswered pings mean that it hangs.
 * Beats count this process's own time: none pass while it is stopped or the machine sleeps.
 */

/** Time between two pings, milliseconds. */
const BEAT_MS = 1_000;
/** Unanswered pings that mean a hang: longer than any pause of a busy process, and under 10 s. */
const BEATS_MAX = 7;
/** Unanswered pings allowed before the first answer, while it may be opening a large snapshot. */
const FIRST_BEATS_MAX = 300;

/** The ping, and the answer to it. */
export const BEAT = "beat";

/** Options of a heartbeat: how it pings the process, and a callback for a hang. */
type HeartbeatOptions = {
  readonly ping: () => void;
  /** Called once, with the number of unanswered pings. */
  readonly onHung: (beats: number) => void;
  readonly beatMs?: number;
};

/** A running heartbeat. */
export type Heartbeat = { readonly answered: () => void; readonly stop: () => void };

/** Starts the heartbeat. */
export function heartbeat({ ping, onHung, beatMs = BEAT_MS }: HeartbeatOptions): Heartbeat {
  let [unanswered, most] = [0, FIRST_BEATS_MAX];
  // No interval: after a pause, its ticks may come all at once.
  let timer = setTimeout(beat, beatMs);
  function beat(): void {
    if (unanswered >= most) return onHung(unanswered);
    unanswered++;
    timer = setTimeout(beat, beatMs);
    ping();
  }
  return {
    answered: () => {
      [unanswered, most] = [0, BEATS_MAX];
    },
    stop: () => clearTimeout(timer),
  };
}
