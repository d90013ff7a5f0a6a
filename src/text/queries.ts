/** Query texts on their way to the encoder thread and back, with a cache of their vectors. */
import { LRUCache } from "lru-cache";
import pTimeout from "p-timeout";

/** Most texts in the thread's queue; one more would not be encoded in time. */
const WAITING_MAX = 64;
/** Vectors in the cache: many users ask for the same moods. */
const VECTORS = 500;

type Answer = Float32Array | undefined;

/** Sends each text once, and keeps the vectors that were requested last. */
export class Queries {
  readonly #send: (id: number, text: string) => void;
  readonly #waiting = new Map<number, { text: string; resolve: (answer: Answer) => void }>();
  readonly #vectors = new LRUCache<string, Promise<Answer>>({ max: VECTORS });
  #lastId = 0;

  constructor(send: (id: number, text: string) => void) {
    this.#send = send;
  }

  /** True while a text has no answer yet. */
  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  /** Vector of a text; `undefined` if it does not come within `timeoutMs`. */
  async ask(text: string, timeoutMs: number): Promise<Answer> {
    const vector = this.#vectors.get(text) ?? this.#request(text);
    return pTimeout(vector, { milliseconds: timeoutMs, message: false });
  }

  /** Takes the thread's answer; the cache keeps it even if the request has timed out. */
  answer(id: number, vector: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting === undefined) return;
    if (vector === undefined) this.#vectors.delete(waiting.text);
    waiting.resolve(vector);
  }

  /** Forgets every vector and resolves all waiting requests with `undefined`: the thread is gone. */
  clear(): void {
    for (const id of [...this.#waiting.keys()]) this.answer(id, undefined);
    this.#vectors.clear();
  }

  #request(text: string): Promise<Answer> {
    if (this.#waiting.size >= WAITING_MAX) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const id = ++this.#lastId;
    this.#waiting.set(id, { text, resolve });
    this.#vectors.set(text, promise);
    this.#send(id, text);
    return promise;
  }
}
