/** Worker threads that start when they are needed, and again when they crash or hang. */
import PQueue from "p-queue";
import pTimeout from "p-timeout";
import { trimHeap } from "./memory.ts";

const PAUSE_MIN_MS = 1_000;
const PAUSE_MAX_MS = 300_000;

/** Pause before a new start after `failures` in a row, milliseconds. */
export function pauseAfter(failures: number, firstMs = PAUSE_MIN_MS): number {
  return Math.min(firstMs * 2 ** (failures - 1), PAUSE_MAX_MS);
}

/** Time that a thread has to end by itself, milliseconds. */
const CLOSE_MS = 2_000;
/** Time to end for a thread that is still opening, milliseconds: terminating it while it loads native code aborts the process. */
const LOADING_MS = 30_000;
/** A thread that is busy and sends no message for this long is taken to hang. */
const HUNG_MS = 30 * 60_000;

/** A thread's start, and its callbacks. */
export type ThreadOptions = {
  /** Starts its worker.ts. */
  readonly spawn: () => Worker;
  /** The thread is ready, for the first time or again. */
  readonly onReady?: () => void;
  /** The thread crashed or hung; another starts after the pause. */
  readonly onEnd: (message: string, pauseMs: number) => void;
  /** First of these pauses, milliseconds; each further one is twice as long, up to five minutes. */
  readonly pauseMs?: number | undefined;
};

/** Options of a {@link SupervisedWorker}: how it starts and ends, and who handles its messages. */
export type SupervisedWorkerOptions<Request, Event> = Omit<ThreadOptions, "onReady"> & {
  /** Name of the thread in error messages, such as "the encoder". */
  readonly name: string;
  /** First message to every new thread, which replies when it is ready. */
  readonly opening: Request;
  readonly onEvent: (event: Event) => void;
  /** Makes the error of a job that failed. */
  readonly failure: (message: string) => Error;
  /** True while a request that was sent without a job waits for its answer. */
  readonly hasPending?: () => boolean;
  /** Idle time after which a thread ends, milliseconds; it starts again when it is needed. */
  readonly idleMs: number;
  /** For tests. */
  readonly hungMs?: number | undefined;
};

/** A worker thread with a queue of jobs: started when needed, and again after a crash or a hang. `{kind: "close"}` asks it to end. */
export class SupervisedWorker<Request, Event, Answer> {
  readonly #options: SupervisedWorkerOptions<Request, Event>;
  readonly #jobs = new PQueue({ concurrency: 1 });
  #job: PromiseWithResolvers<Answer> | undefined;
  /** Requests that wait for the end of a pause. */
  #waiting: Request[] = [];
  #worker: Worker | undefined;
  #isOpening = false;
  /** Ends a pause, an idle thread or one that hangs. */
  #timer: Timer | undefined;
  #isPaused = false;
  #isClosed = false;
  #failures = 0;

  constructor(options: SupervisedWorkerOptions<Request, Event>) {
    this.#options = options;
    this.#start();
  }

  /** True while requests would have to wait for a thread that ended to be started again. */
  get isPaused(): boolean {
    return this.#isPaused || this.#isClosed;
  }

  /** True if the thread can work at once. */
  get isReady(): boolean {
    return this.#worker !== undefined && !this.#isOpening;
  }

  /** Sends a request outside the queue of jobs. @throws DataCloneError if no thread could get it. */
  send(request: Request): void {
    if (this.#worker === undefined && !this.isPaused) this.#start();
    if (this.#worker === undefined) return void this.#waiting.push(structuredClone(request));
    this.#worker.postMessage(request);
    this.#restartTimer();
  }

  /** Sends a job when the jobs before it are done. A job that is cut off fails and is not repeated. */
  run(request: Request, onStart?: () => void): Promise<Answer> {
    return this.#jobs.add(async () => {
      if (this.#isClosed) throw this.#options.failure(`${this.#options.name} is closed`);
      const job = (this.#job = Promise.withResolvers<Answer>());
      onStart?.();
      try {
        this.send(request);
      } catch (cause) {
        this.failed(String(cause));
      }
      return job.promise;
    });
  }

  /** The thread has done its job. */
  done(answer: Answer): void {
    this.didWork();
    this.#endJob()?.resolve(answer);
  }

  /** The job failed; the thread can do the next one. */
  failed(message: string): void {
    this.#endJob()?.reject(this.#options.failure(message));
  }

  /** The thread works, so the next pause is a short one. */
  didWork(): void {
    this.#failures = 0;
  }

  /** Ends a thread that is of no use, and starts another after a pause. */
  restart(message: string): void {
    const worker = this.#worker;
    this.#ended(message);
    worker?.terminate();
  }

  /** Ends the thread for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#end();
    this.failed(`${this.#options.name} is closed`);
  }

  #start(): void {
    const worker = this.#options.spawn();
    let why = "";
    worker.addEventListener("message", ({ data }: MessageEvent<Event>) => {
      if (this.#worker !== worker) return;
      this.#isOpening = false;
      this.#options.onEvent(data);
      this.#restartTimer();
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      why = errorLine(event.message);
    });
    worker.addEventListener("close", () => {
      if (this.#worker === worker) this.#ended(why || "the thread ended by itself");
    });
    [this.#worker, this.#isOpening, this.#isPaused] = [worker, true, false];
    for (const request of [this.#options.opening, ...this.#waiting.splice(0)])
      worker.postMessage(request);
    this.#restartTimer();
  }

  /** Waits for the thread's next message: an idle thread ends, a busy one that stays silent is restarted. */
  #restartTimer(): void {
    if (this.#worker === undefined) return;
    clearTimeout(this.#timer);
    const { name, hasPending, idleMs, hungMs = HUNG_MS } = this.#options;
    const isBusy = this.#isOpening || this.#job !== undefined || hasPending?.() === true;
    const hangs = () => this.restart(`${name} hangs: no message in ${hungMs / 60_000} minutes`);
    this.#timer = isBusy ? setTimeout(hangs, hungMs) : setTimeout(() => void this.#end(), idleMs);
  }

  #endJob(): PromiseWithResolvers<Answer> | undefined {
    const job = this.#job;
    this.#job = undefined;
    return job;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker === undefined) return;
    const ended = new Promise((resolve) => worker.addEventListener("close", resolve));
    worker.postMessage({ kind: "close" });
    const milliseconds = this.#isOpening ? LOADING_MS : CLOSE_MS;
    await pTimeout(ended, { milliseconds, message: false });
    worker.terminate();
    trimHeap();
  }

  #ended(message: string): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    [this.#worker, this.#isPaused] = [undefined, true];
    const pauseMs = pauseAfter(++this.#failures, this.#options.pauseMs);
    this.#timer = setTimeout(() => this.#start(), pauseMs);
    this.failed(message);
    this.#options.onEnd(message, pauseMs);
  }
}

/** The line of an error that names it; Bun's message also has the code around it. */
function errorLine(message: string): string {
  return /^\w*error: .*$/im.exec(message)?.[0] ?? message;
}
