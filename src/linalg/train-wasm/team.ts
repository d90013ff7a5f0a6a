/** Team of threads that share the tasks of a phase; the calling thread is the first. */
import { doTask, contextOf, NEXT_TASK, takeTask, type Phase } from "./phase.ts";
import { instantiate, type Wasm } from "./wasm.ts";

/** Message to a worker: first `open`, then phases. It answers each with {@link TeamReply}. */
export type TeamRequest =
  | {
      readonly kind: "open";
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
      readonly thread: number;
    }
  | { readonly kind: "phase"; readonly phase: Phase };

/** The worker has done its share. */
export type TeamReply = "done";

/** A thread of the kernel ended or failed: its results are incomplete. */
export class KernelError extends Error {
  override readonly name = "KernelError";
}

/** Threads that work on one memory. */
export type Team = {
  readonly threads: number;
  /** The calling thread's own instance. */
  readonly wasm: Wasm;
  /** Does all tasks of a phase. @throws KernelError */
  run(phase: Phase): Promise<void>;
  close(): Promise<void>;
};

/** Starts `threads − 1` workers on `memory`. @throws KernelError */
export async function openTeam(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  threads: number,
  spawn: () => Worker,
): Promise<Team> {
  const counters = new Int32Array(memory.buffer);
  const wasm = instantiate(module, memory);
  const workers = Array.from({ length: threads - 1 }, spawn);
  const ends = workers.map(ended);
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // not unhandled if nobody waits
  let isClosing = false;
  for (const worker of workers) {
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      broken.reject(new KernelError(`a thread of the kernel failed: ${event.message}`));
    });
    worker.addEventListener("close", () => {
      if (!isClosing) broken.reject(new KernelError("a thread of the kernel ended by itself"));
    });
  }

  async function broadcast(request: (thread: number) => TeamRequest, ownShare = async () => {}) {
    const answers = workers.map((worker, n) => answered(worker, request(n + 1)));
    await ownShare();
    await Promise.race([Promise.all(answers), broken.promise]);
  }

  async function close(): Promise<void> {
    isClosing = true;
    for (const worker of workers) worker.terminate();
    await Promise.all(ends);
  }

  try {
    await broadcast((thread) => ({ kind: "open", module, memory, thread }));
  } catch (cause) {
    await close();
    throw cause;
  }
  return {
    threads,
    wasm,
    run: async (phase) => {
      const context = contextOf(phase, wasm, 0);
      // A single task is faster here than on a worker.
      if (phase.count <= 1) return phase.count === 1 ? doTask(phase.work, 0, context) : undefined;
      Atomics.store(counters, NEXT_TASK, 0);
      await broadcast(
        () => ({ kind: "phase", phase }),
        async () => {
          for (let task; (task = takeTask(counters)) < phase.count; await otherEvents())
            doTask(phase.work, task, context);
        },
      );
    },
    close,
  };
}

function answered(worker: Worker, request: TeamRequest): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.addEventListener("message", () => resolve(), { once: true });
  worker.postMessage(request);
  return promise;
}

function ended(worker: Worker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.addEventListener("close", () => resolve());
  return promise;
}

/** Lets timers and messages of this thread run. */
function otherEvents(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
