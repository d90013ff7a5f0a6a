/** Output of the program: results, log lines, and progress (a bar on a terminal, lines elsewhere). */
import type { Console } from "../app/compose.ts";
import { printable } from "./printable.ts";

/** Standard output, for results. */
type Output = {
  readonly print: (text: string) => void;
  /**
   * Resolves when everything is written: a program that exits before loses the rest in a pipe.
   *
   * @throws Error if it could not be written, such as to a full disk.
   */
  readonly written: () => Promise<void>;
};

/** Opens standard output. A closed pipe (`vidrec feed ada | head`) is no error: the rest is dropped. */
export function openOutput(stream: NodeJS.WriteStream): Output {
  let last: Promise<void> = Promise.resolve();
  let failure: Error | undefined;
  const note = (cause?: (Error & { code?: string }) | null) => {
    if (cause && cause.code !== "EPIPE") failure ??= cause;
  };
  stream.on("error", note);
  return {
    print: (text) => {
      last = new Promise((resolve) =>
        stream.write(`${printable(text)}\n`, (cause) => {
          note(cause);
          resolve();
        }),
      );
    },
    written: async () => {
      await last;
      if (failure) throw failure;
    },
  };
}

/** Stream for log lines and progress. */
type Out = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
};

/** A console whose progress bar can be removed. */
export type OpenConsole = Console & {
  /** Removes the progress bar. */
  readonly clear: () => void;
};

/** Shortest time between two progress lines outside a terminal. */
const LINE_MS = 5_000;
/** Shortest time between two frames of the bar. */
const FRAME_MS = 100;
/** Width of the bar without its label, in characters. */
const BAR_WIDTH = 40;
/** Moves the cursor to the bar's line and erases the screen below. */
const ERASE_BAR = "\x1b[A\r\x1b[J";

/** Opens the console. Log lines begin with the time; continuation lines are indented. */
export function openConsole(out: Out, nowMs: () => number): OpenConsole {
  const stamp = () => new Date(nowMs()).toISOString().slice(0, 19) + "Z";
  const line = (text: string) =>
    out.write(`${stamp()} ${printable(text).replace(/\n(?!\s)/g, "\n  ")}\n`);
  return out.isTTY ? terminal(out, line, nowMs) : plain(line, nowMs);
}

/**
 * Console on a terminal. The cursor stays at the start of the line below the bar, and no terminal
 * mode is changed: the terminal is intact however the program ends.
 */
function terminal(out: Out, line: (text: string) => void, nowMs: () => number): OpenConsole {
  let shown = "";
  let drawnAtMs = 0;
  const erase = () => (shown === "" ? "" : ERASE_BAR);
  const clear = () => {
    if (shown !== "") out.write(ERASE_BAR);
    shown = "";
  };
  return {
    clear,
    log: (text) => {
      clear();
      line(text);
    },
    progress: (stage, done, total) => {
      const name = stage.split(":")[0]!;
      if (done >= total) return clear();
      if (name === shown && nowMs() - drawnAtMs < FRAME_MS) return;
      const full = Math.round((BAR_WIDTH * done) / total);
      const bar = `${stage} ${"=".repeat(full).padEnd(BAR_WIDTH, "-")} ${done}/${total}`;
      out.write(`${erase()}${Bun.sliceAnsi(printable(bar), 0, (out.columns || 80) - 1)}\n`);
      [shown, drawnAtMs] = [name, nowMs()];
    },
  };
}

function plain(line: (text: string) => void, nowMs: () => number): OpenConsole {
  let shown = "";
  let shownAtMs = 0;
  return {
    clear: () => {},
    log: line,
    progress: (stage, done, total) => {
      const name = stage.split(":")[0]!;
      const isNew = name !== shown;
      if (!isNew && done < total && nowMs() - shownAtMs < LINE_MS) return;
      if (isNew && total === 0) return;
      [shown, shownAtMs] = [done >= total ? "" : name, nowMs()];
      line(`${stage} ${done}/${total}`);
    },
  };
}
