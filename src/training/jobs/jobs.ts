/** Jobs for a thread that does one at a time, is not always ready, and may end in the middle of one. */

type Settled<Answer> = {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: Error) => void;
};

/** Sends each job once the thread is ready and the jobs before it are done. */
export class Jobs<Request, Answer> {
  readonly #send: (request: Request) => void;
  #ready = Promise.withResolvers<void>();
  #last: Promise<unknown> = Promise.resolve();
  #running: Settled<Answer> | undefined;

  constructor(send: (request: Request) => void) {
    this.#send = send;
  }

  /** What the thread answers. A job that was cut off is not repeated. */
  run(request: Request): Promise<Answer> {
    const mine = this.#last.then(async () => {
      await this.#ready.promise;
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      this.#running = { resolve, reject };
      this.#send(request);
      return promise;
    });
    this.#last = mine.catch(() => {});
    return mine;
  }

  /** The thread can be sent jobs. */
  ready(): void {
    this.#ready.resolve();
  }

  /** The thread answered the running job. */
  done(answer: Answer): void {
    this.#running?.resolve(answer);
  }

  /** The running job broke; the thread is ready for the next. */
  broke(cause: Error): void {
    this.#running?.reject(cause);
  }

  /** The thread ended: fails the running job, and those that wait for a thread. */
  ended(cause: Error): void {
    this.#refuse(cause);
    this.broke(cause);
    this.#running = undefined;
    this.#ready = Promise.withResolvers();
  }

  /** There will be no other thread: fails every job from now on. */
  close(cause: Error): void {
    this.ended(cause);
    this.#refuse(cause);
  }

  #refuse(cause: Error): void {
    this.#ready.promise.catch(() => {}); // nobody may be waiting
    this.#ready.reject(cause);
  }
}
