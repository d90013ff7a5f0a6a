/** What the program tells its operator: progress bars on a terminal, plain lines elsewhere. */
import type { Console } from "../app/compose.ts";
import { printable } from "./printable.ts";

/** Standard output: what a command is asked for. */
export type Output = {
  readonly print: (text: string) => void;
  /**
   * Resolves when everything is handed over: a program that exits earlier loses the rest in a pipe.
   *
   * @throws Error if it could not be written, such as to a full disk.
   */
  readonly written: () => Promise<void>;
};

/** A reader that has read enough (`vidrec feed ada | head`) ends nothing: the rest is not shown. */
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

/** Where lines go. */
type Out = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
};

/** A console that can leave its terminal to others. */
export type OpenConsole = Console & {
  /** Take away the bar that is shown. */
  readonly clear: () => void;
};

/** Elsewhere than on a terminal, progress is told at most this often. */
const LINE_MS = 5_000;
/** A bar is drawn at most this often. */
const FRAME_MS = 100;
/** Characters of a bar, without its words. */
const BAR_WIDTH = 40;
/** Moves to the line of the bar and erases the screen from there. */
const ERASE_BAR = "\x1b[A\r\x1b[J";

/** Lines carry the time, as a service's log does; further lines of one text are indented. */
export function openConsole(out: Out, nowMs: () => number): OpenConsole {
  const stamp = () => new Date(nowMs()).toISOString().slice(0, 19) + "Z";
  const line = (text: string) =>
    out.write(`${stamp()} ${printable(text).replace(/\n(?!\s)/g, "\n  ")}\n`);
  return out.isTTY ? terminal(out, line, nowMs) : plain(line, nowMs);
}

/**
 * The cursor always stands at the beginning of the line below the bar, and nothing is hidden or
 * switched off: however the program ends, its terminal is as it was.
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
