/** Replicas: the further `vidrec serve` processes of WORKERS, on the same port. */
import pTimeout from "p-timeout";
import type { Environment } from "../config/parse.ts";
import { BEAT, heartbeat, type Heartbeat } from "./heartbeat.ts";
import { pauseAfter } from "../runtime/supervised-worker.ts";
import { withNextTry } from "../app/worker-threads.ts";

/** Number and port of the replicas. */
type ReplicaOptions = {
  readonly count: number;
  readonly port: number;
  /** Their environment: by default Bun would pass on its own reading of `.env`. */
  readonly env: Environment;
  /** Reports the trouble of a replica; `undefined` when it is over. */
  readonly onTrouble: (name: string, message: string | undefined) => void;
};

/** Running replicas. */
type Replicas = {
  /** Lets them finish their requests; resolves when they have ended. */
  readonly close: () => Promise<void>;
};

/** Message of a replica that has begun to listen. */
const LISTENING = "listening";
/** A replica that answered for this long is restarted after the shortest pause. */
const STEADY_MS = 60_000;
/** Time that a replica may take to end. */
const CLOSE_MS = 10_000;

/** Starts the replicas. One that ends or hangs is started again, after growing pauses. */
export function openReplicas({ count, port, env, onTrouble }: ReplicaOptions): Replicas {
  const replicas = Array.from({ length: count }, (_, n) =>
    keepRunning({ port, env }, (message) => onTrouble(`worker ${n + 2}`, message)),
  );
  return { close: async () => void (await Promise.all(replicas.map((it) => it.close()))) };
}

/** In a replica: answers heartbeats; resolves when the first process has ended or asks it to end. */
export function untilLeft(): Promise<void> {
  return new Promise((resolve) => {
    process.once("disconnect", () => resolve());
    process.on("message", (said) => said === BEAT && process.send?.(BEAT));
    process.send?.(LISTENING);
  });
}

function keepRunning(
  { port, env }: Pick<ReplicaOptions, "port" | "env">,
  onTrouble: (message: string | undefined) => void,
): Replicas {
  let child: Bun.Subprocess | undefined;
  let timer: Timer | undefined;
  let answersSinceMs = Infinity;
  let failures = 0;
  let isClosed = false;

  let pulse: Heartbeat | undefined;
  let hung: string | undefined;

  const ended = (why: string) => {
    pulse?.stop();
    child = undefined;
    if (isClosed) return;
    if (performance.now() - answersSinceMs > STEADY_MS) failures = 0;
    const pauseMs = pauseAfter(++failures);
    onTrouble(withNextTry(why, pauseMs));
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
        ping: () => ping(started),
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

/** Sends a ping. A process that has just ended cannot be sent one; `onExit` handles that. */
function ping(child: Bun.Subprocess): void {
  try {
    child.send(BEAT);
  } catch {}
}

/** Command of this program: its one file, or Bun with the sources. */
function program(): string[] {
  return Bun.isStandaloneExecutable
    ? [process.execPath]
    : [process.execPath, ...process.execArgv, Bun.main];
}
