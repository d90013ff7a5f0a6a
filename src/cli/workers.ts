/** The further processes that WORKERS asks for: `vidrec serve` again, on the port of this one. */
import { pauseAfter } from "../thread.ts";
import { again } from "../threads.ts";
import { within } from "../within.ts";

/** How many processes, where they answer, and who is told how they are. */
export type WorkersOptions = {
  readonly count: number;
  readonly port: number;
  /** What is wrong with one of them from now on; `undefined`: nothing any more. */
  readonly onTrouble: (name: string, message: string | undefined) => void;
};

/** Processes that are kept running until they are closed. */
export type Workers = {
  /** Let them end what they are at; resolves when they are gone. */
  readonly close: () => Promise<void>;
};

/** What a process says when it answers. */
const LISTENING = "listening";
/** Once it has answered so long, it may end as if for the first time. */
const STEADY_MS = 60_000;
/** How long one may take to end when asked. */
const CLOSE_MS = 10_000;

/** Start `count` processes; one that ends is started again, after growing pauses. */
export function openWorkers({ count, port, onTrouble }: WorkersOptions): Workers {
  const workers = Array.from({ length: count }, (_, n) =>
    keepRunning(port, (message) => onTrouble(`worker ${n + 2}`, message)),
  );
  return { close: async () => void (await Promise.all(workers.map((it) => it.close()))) };
}

/** For such a process: say that it answers; resolves when the first one is gone, or wants it gone. */
export function untilLeft(): Promise<void> {
  return new Promise((resolve) => {
    process.once("disconnect", () => resolve());
    process.send?.(LISTENING);
  });
}

function keepRunning(port: number, onTrouble: (message: string | undefined) => void): Workers {
  let child: Bun.Subprocess | undefined;
  let timer: Timer | undefined;
  let answersSinceMs = Infinity;
  let ends = 0;
  let isClosed = false;

  const ended = (why: string) => {
    child = undefined;
    if (isClosed) return;
    if (performance.now() - answersSinceMs > STEADY_MS) ends = 0;
    const pauseMs = pauseAfter(++ends);
    onTrouble(again(why, pauseMs));
    timer = setTimeout(start, pauseMs);
  };
  function start(): void {
    answersSinceMs = Infinity;
    try {
      child = Bun.spawn([...program(), "serve", "--beside", String(port)], {
        stdio: ["ignore", "inherit", "inherit"],
        ipc: (said) => {
          if (said !== LISTENING) return;
          answersSinceMs = performance.now();
          onTrouble(undefined);
        },
        onExit: (_, code, signal) => ended(`the process ended (${signal ?? code})`),
      });
    } catch (cause) {
      ended(cause instanceof Error ? cause.message : String(cause));
    }
  }
  start();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      if (child === undefined) return;
      const { exited } = child;
      child.disconnect();
      if ((await within(exited, CLOSE_MS)) === undefined) child?.kill("SIGKILL");
      await exited;
    },
  };
}

/** What this program is started by: the one file, or Bun with the sources. */
function program(): string[] {
  return Bun.isStandaloneExecutable
    ? [process.execPath]
    : [process.execPath, ...process.execArgv, Bun.main];
}
