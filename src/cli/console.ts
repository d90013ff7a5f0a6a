/** What the program tells its operator: progress bars on a terminal, plain lines elsewhere. */
import { SingleBar } from "cli-progress";
import type { Console } from "../app.ts";

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
        stream.write(`${text}\n`, (cause) => {
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
type Out = { readonly isTTY?: boolean; readonly write: (text: string) => unknown };

/** Elsewhere than on a terminal, progress is told at most this often. */
const LINE_MS = 5_000;

/** Lines carry the time, as a service's log does. */
export function openConsole(out: Out & NodeJS.WritableStream, nowMs: () => number): Console {
  const stamp = () => new Date(nowMs()).toISOString().slice(0, 19) + "Z";
  const line = (text: string) => out.write(`${stamp()} ${text}\n`);
  return out.isTTY ? terminal(out, line) : plain(line, nowMs);
}

function terminal(out: NodeJS.WritableStream, line: (text: string) => void): Console {
  let bar: SingleBar | undefined;
  let shown = "";
  const close = () => {
    bar?.stop();
    bar = undefined;
    shown = "";
  };
  return {
    log: (text) => {
      close();
      line(text);
    },
    progress: (stage, done, total) => {
      const name = stage.split(":")[0]!;
      if (name !== shown) {
        close();
        const format = "{stage} {bar} {value}/{total}";
        bar = new SingleBar({ format, stream: out, clearOnComplete: true, hideCursor: true });
        bar.start(total, done, { stage });
        shown = name;
      }
      bar?.setTotal(total);
      bar?.update(done, { stage });
      if (done >= total) close();
    },
  };
}

function plain(line: (text: string) => void, nowMs: () => number): Console {
  let shown = "";
  let shownAtMs = 0;
  return {
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
