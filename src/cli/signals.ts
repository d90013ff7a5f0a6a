/** Ends the program, with a sane terminal, on Ctrl-C and SIGTERM. */
import type { OpenConsole } from "./console.ts";

/** Exit codes as shells give them: 128 and the number of the signal. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** npx hands on a Ctrl-C that the terminal has sent to everybody: a second one so soon is the same. */
const SAME_MS = 500;

/**
 * From now on a signal ends the program at once, on a line of its own, unless a command listens
 * for it too: that one ends by itself, the first time.
 */
export function endOnSignals({ clear }: OpenConsole, out: Terminal): void {
  let heardAtMs = Number.NEGATIVE_INFINITY;
  for (const [signal, code] of Object.entries(CODES))
    process.on(signal, () => {
      if (performance.now() - heardAtMs < SAME_MS) return;
      heardAtMs = performance.now();
      if (process.listenerCount(signal) > 1) return;
      clear();
      if (out.isTTY) out.write("\n"); // behind the ^C that the terminal shows
      process.exit(code);
    });
}

type Terminal = { readonly isTTY?: boolean; readonly write: (text: string) => unknown };
