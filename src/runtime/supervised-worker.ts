/** A worker thread that is started again whenever it ends, and lets others go first. */
import { getPriority, setPriority } from "node:os";
import pTimeout from "p-timeout";

const PAUSE_MIN_MS = 1_000;
const PAUSE_MAX_MS = 300_000;

/** How long to pause before something is started again that has ended `ends` times without doing its work. */
export function pauseAfter(ends: number, firstMs = PAUSE_MIN_MS): number {
  return Math.min(firstMs * 2 ** (ends - 1), PAUSE_MAX_MS);
}

/**
 * Let others go first from now on: the calling thread and those it starts take what is left.
 *
 * Only on Linux, where every thread has a priority of its own; elsewhere the whole program would
 * be held back, and nothing happens.
 *
 * @param nice  0: nobody goes first, to 19: everybody.
 */
export function giveWay(nice: number): void {
  if (process.platform === "linux") setPriority(Math.max(nice, getPriority()));
}
/** How long a thread may take to end by itself when asked. */
const CLOSE_MS = 2_000;

/** What a thread is started with, and who is told what it says. */
export type ThreadOptions<Request, Event> = {
  readonly spawn: () => Worker;
  /** Sent first to every new thread. */
  readonly opening: Request;
  /** Asks a thread to end. */
  readonly closing: Request;
  readonly onEvent: (event: Event) => void;
  /** A thread ended that nobody asked to; after the pause there is another. */
  readonly onEnd: (message: string, pauseMs: number) => void;
  /** First pause, milliseconds; each further one is twice as long, up to five minutes. */
  readonly pauseMs?: number;
};

/** Keeps one thread running from now until `close`. */
export class Thread<Request, Event> {
  readonly #options: ThreadOptions<Request, Event>;
  #worker: Worker | undefined;
  #timer: Timer | undefined;
  #ends = 0;
  #closed = false;

  constructor(options: ThreadOptions<Request, Event>) {
    this.#options = options;
    this.#start();
  }

  /** Whether there is a thread that can be sent something. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** @throws TypeError in a pause: look at `isRunning` first. */
  send(request: Request): void {
    if (this.#worker === undefined) throw new TypeError("no thread is running");
    this.#worker.postMessage(request);
  }

  /** The thread did what it is for: pauses begin small again. */
  didWork(): void {
    this.#ends = 0;
  }

  /** The thread is of no use: end it, and start another after a pause. */
  restart(message: string): void {
    const worker = this.#worker;
    this.#ended(message);
    worker?.terminate();
  }

  /** End the thread for good. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#closed = true;
    if (worker === undefined) return;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    worker.addEventListener("close", () => resolve());
    worker.postMessage(this.#options.closing);
    await pTimeout(ended, { milliseconds: CLOSE_MS, message: false });
    worker.terminate();
  }

  #start(): void {
    const worker = this.#options.spawn();
    const isMine = () => this.#worker === worker;
    let why = "";
    worker.addEventListener("message", ({ data }: MessageEvent<Event>) => {
      if (isMine()) this.#options.onEvent(data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      why = errorLine(event.message);
    });
    worker.addEventListener("close", () => {
      if (isMine()) this.#ended(why || "the thread ended by itself");
    });
    this.#worker = worker;
    worker.postMessage(this.#options.opening);
  }

  #ended(message: string): void {
    if (this.#closed) return;
    this.#worker = undefined;
    const pauseMs = pauseAfter(++this.#ends, this.#options.pauseMs);
    this.#timer = setTimeout(() => this.#start(), pauseMs);
    this.#options.onEnd(message, pauseMs);
  }
}

/** Bun shows the code round an error; one line is for the log. */
function errorLine(message: string): string {
  return /^\w*error: .*$/im.exec(message)?.[0] ?? message;
}
