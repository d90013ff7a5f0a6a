/** The further processes that WORKERS asks for: `vidrec serve` again, on the port of this one. */
import pTimeout from "p-timeout";
import type { Environment } from "../config/settings.ts";
import { BEAT, heartbeat, type Heartbeat } from "./heartbeat.ts";
import { pauseAfter } from "../runtime/supervised-worker.ts";
import { again } from "../app/worker-threads.ts";

/** How many processes, where they answer, and who is told how they are. */
export type WorkersOptions = {
  readonly count: number;
  readonly port: number;
  /** Given to them: by itself Bun hands on its own reading of `.env`. */
  readonly env: Environment;
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

/** Start `count` processes; one that ends, or is ended since it hangs, is started again, after growing pauses. */
export function openWorkers({ count, port, env, onTrouble }: WorkersOptions): Workers {
  const workers = Array.from({ length: count }, (_, n) =>
    keepRunning({ port, env }, (message) => onTrouble(`worker ${n + 2}`, message)),
  );
  return { close: async () => void (await Promise.all(workers.map((it) => it.close()))) };
}

/** For such a process: say that it answers, whenever asked; resolves when the first one is gone, or wants it gone. */
export function untilLeft(): Promise<void> {
  return new Promise((resolve) => {
    process.once("disconnect", () => resolve());
    process.on("message", (said) => said === BEAT && process.send?.(BEAT));
    process.send?.(LISTENING);
  });
}

function keepRunning(
  { port, env }: Pick<WorkersOptions, "port" | "env">,
  onTrouble: (message: string | undefined) => void,
): Workers {
  let child: Bun.Subprocess | undefined;
  let timer: Timer | undefined;
  let answersSinceMs = Infinity;
  let ends = 0;
  let isClosed = false;

  let pulse: Heartbeat | undefined;
  let hung: string | undefined;

  const ended = (why: string) => {
    pulse?.stop();
    child = undefined;
    if (isClosed) return;
    if (performance.now() - answersSinceMs > STEADY_MS) ends = 0;
    const pauseMs = pauseAfter(++ends);
    onTrouble(again(why, pauseMs));
    timer = setTimeout(start, pauseMs);
  };
  function start(): void {
    [answersSinceMs, hung] = [Infinity, undefined];
    try {
      const started = Bun.spawn([...program(), "serve", "--beside", String(port)], {
        env,
        stdio: ["ignore", "inherit", "inherit"],
        ipc: (said) => {
          pulse?.answered();
          if (said !== LISTENING) return;
          answersSinceMs = performance.now();
          onTrouble(undefined);
        },
        onExit: (_, code, signal) => ended(hung ?? `the process ended (${signal ?? code})`),
      });
      child = started;
      pulse = heartbeat({
        ask: () => ask(started),
        onHung: (beats) => {
          hung = `the process did not answer for ${beats} s`;
          started.kill("SIGKILL");
        },
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
      pulse?.stop();
      if (child === undefined) return;
      const { exited } = child;
      child.disconnect();
      const code = await pTimeout(exited, { milliseconds: CLOSE_MS, message: false });
      if (code === undefined) child?.kill("SIGKILL");
      await exited;
    },
  };
}

/** Ask whether it answers. One that has just ended cannot be asked; that it ended is told elsewhere. */
function ask(child: Bun.Subprocess): void {
  try {
    child.send(BEAT);
  } catch {}
}

/** What this program is started by: the one file, or Bun with the sources. */
function program(): string[] {
  return Bun.isStandaloneExecutable
    ? [process.execPath]
    : [process.execPath, ...process.execArgv, Bun.main];
}
