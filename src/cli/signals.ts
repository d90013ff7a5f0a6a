/** Handlers of Ctrl-C and SIGTERM that leave the terminal clean. */
import type { OpenConsole } from "./console.ts";

/** Exit codes as in shells: 128 + the signal's number. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Time in which a second signal is the same Ctrl-C: npx passes on what the terminal also sent. */
const SAME_MS = 500;

/**
 * Installs the handlers. A signal ends the program at once. A command with a handler of its own
 * (`once`) takes the first signal; the second one ends the program.
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
