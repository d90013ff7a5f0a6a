/** Query texts on their way to the encoder thread and back. */
import pTimeout from "p-timeout";

/** Query texts in the thread's queue; one more would not come back in time. */
const WAITING_MAX = 64;
/** Query texts whose vectors are kept. */
const KEPT_MAX = 500;

type Answer = Float32Array | undefined;

/** Sends each text once, and keeps the latest vectors: people ask for the same moods. */
export class Queries {
  readonly #send: (id: number, text: string) => void;
  readonly #asked = new Map<string, Promise<Answer>>();
  readonly #waiting = new Map<number, { text: string; resolve: (answer: Answer) => void }>();
  #lastId = 0;

  constructor(send: (id: number, text: string) => void) {
    this.#send = send;
  }

  /** Whether a text has been sent that has no answer yet. */
  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  /** The text's vector; `undefined` if it is not there within `timeoutMs`. */
  async ask(text: string, timeoutMs: number): Promise<Answer> {
    const asked = this.#asked.get(text) ?? this.#begin(text);
    return pTimeout(asked, { milliseconds: timeoutMs, message: false });
  }

  /** The thread's answer; one that comes late is there for the next who asks. */
  answer(id: number, vector: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting === undefined) return;
    if (vector === undefined) this.#asked.delete(waiting.text);
    waiting.resolve(vector);
  }

  /** Forget every vector and everybody who waits: the thread is gone. */
  clear(): void {
    for (const id of [...this.#waiting.keys()]) this.answer(id, undefined);
    this.#asked.clear();
  }

  #begin(text: string): Promise<Answer> {
    if (this.#waiting.size >= WAITING_MAX) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const id = ++this.#lastId;
    this.#waiting.set(id, { text, resolve });
    this.#asked.set(text, promise);
    for (const oldest of this.#asked.keys()) {
      if (this.#asked.size <= KEPT_MAX) break;
      this.#asked.delete(oldest);
    }
    this.#send(id, text);
    return promise;
  }
}
