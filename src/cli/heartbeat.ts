/**
 * Heartbeat of another process: it is asked once a beat, and is hung after so many beats without an
 * answer. Beats are those of this process: while it is stopped itself, or the machine sleeps, none pass.
 */

/** Time between two questions, milliseconds. */
const BEAT_MS = 1_000;
/** Unanswered questions until a process is hung: longer than any pause of a busy one, and under 10 s. */
const BEATS_MAX = 7;
/** The same until its first answer: it may open a large snapshot before. */
const FIRST_BEATS_MAX = 300;

/** What is asked, and answered with the same word. */
export const BEAT = "beat";

/** How a process is asked, and what happens when it is hung. */
export type HeartbeatOptions = {
  readonly ask: () => void;
  /** Told once, with the number of questions that were not answered. */
  readonly onHung: (beats: number) => void;
  readonly beatMs?: number;
};

/** A heartbeat that is listened to until it stops. */
export type Heartbeat = { readonly answered: () => void; readonly stop: () => void };

/** Listen from now on. */
export function heartbeat({ ask, onHung, beatMs = BEAT_MS }: HeartbeatOptions): Heartbeat {
  let [unanswered, most] = [0, FIRST_BEATS_MAX];
  // One timer after the other: those of an interval may come all at once after a pause.
  let timer = setTimeout(beat, beatMs);
  function beat(): void {
    if (unanswered >= most) return onHung(unanswered);
    unanswered++;
    timer = setTimeout(beat, beatMs);
    ask();
  }
  return {
    answered: () => {
      [unanswered, most] = [0, BEATS_MAX];
    },
    stop: () => clearTimeout(timer),
  };
}
