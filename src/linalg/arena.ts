/** Arena: typed arrays allocated one after the other in one WASM memory, and freed all at once. */
import { guarded, type Numbers } from "./guard.ts";

/** Offset in the memory, in bytes. */
export type Address = number;

/** Allocates the arrays of a request. */
export type Arrays = {
  /** An array with undefined content; allocated inside a scope, it is valid until the scope ends. */
  readonly floats: (length: number) => Float32Array;
  readonly words: (length: number) => Uint32Array;
  readonly bytes: (length: number) => Uint8Array;
  /** Runs a function, then frees the arrays allocated in it; it must not return one of them. */
  readonly scope: <T>(run: () => T) => T;
};

/** Arrays on the heap, freed by the garbage collector. */
export const heap: Arrays = {
  floats: (length) => new Float32Array(length),
  words: (length) => new Uint32Array(length),
  bytes: (length) => new Uint8Array(length),
  scope: (run) => run(),
};

const PAGE = 65_536;
/** 4 GB, the limit of 32-bit addresses. */
const PAGES_MAX = 65_536;
/** Fewest pages that the memory grows by; untouched pages take no physical memory. */
const GROWTH = 64;
/** Alignment of arrays, in bytes: a cache line. */
const ALIGN = 64;

/** Memory that grows and that threads can share; views stay valid when it grows. */
export class Arena implements Arrays {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: PAGES_MAX, shared: true });
  readonly #isGuarded: boolean;
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #buffer = this.#bufferNow();
  #size = PAGE;
  /** Offset of the next allocation. The first page is reserved for the threads' counters. */
  #top = PAGE;
  /** The innermost scope; `undefined` outside of any. */
  #scope: { isOver: boolean } | undefined;

  /** @param isGuarded  True if arrays throw when they are used after their scope: slow, for tests. */
  constructor(isGuarded = false) {
    this.#isGuarded = isGuarded;
  }

  /** Allocates memory with undefined content. @throws RangeError beyond 4 GB in all. */
  allocate(bytes: number): Address {
    const at = this.#top;
    const top = at + Math.ceil(bytes / ALIGN) * ALIGN;
    if (top > this.#size) this.#grow(Math.ceil((top - this.#size) / PAGE));
    this.#top = top;
    return at;
  }

  /** Runs `job`, then frees everything that was allocated meanwhile. */
  async scratch<T>(job: () => Promise<T>): Promise<T> {
    const top = this.#top;
    try {
      return await job();
    } finally {
      this.#top = top;
    }
  }

  readonly scope = <T>(run: () => T): T => {
    const [top, outer, scope] = [this.#top, this.#scope, { isOver: false }];
    this.#scope = scope;
    try {
      return run();
    } finally {
      this.#top = top;
      this.#scope = outer;
      scope.isOver = true;
    }
  };

  readonly floats = (length: number): Float32Array =>
    this.#scope === undefined
      ? new Float32Array(length)
      : this.#lent(this.floatsAt(this.allocate(4 * length), length));
  readonly words = (length: number): Uint32Array =>
    this.#scope === undefined
      ? new Uint32Array(length)
      : this.#lent(this.wordsAt(this.allocate(4 * length), length));
  readonly bytes = (length: number): Uint8Array =>
    this.#scope === undefined
      ? new Uint8Array(length)
      : this.#lent(this.bytesAt(this.allocate(length), length));

  /** Floats that `write` fills, given their address; works outside of any scope too. */
  filled(length: number, write: (at: Address) => void): Float32Array {
    const out = this.floats(length);
    const own = this.addressOf(out);
    this.scope(() => {
      const at = own ?? this.allocate(length * out.BYTES_PER_ELEMENT);
      write(at);
      if (own === undefined) out.set(this.floatsAt(at, length));
    });
    return out;
  }

  floatsAt(at: Address, length: number): Float32Array<SharedArrayBuffer> {
    return new Float32Array(this.#buffer, at, length);
  }

  wordsAt(at: Address, length: number): Uint32Array<SharedArrayBuffer> {
    return new Uint32Array(this.#buffer, at, length);
  }

  shortsAt(at: Address, length: number): Int16Array<SharedArrayBuffer> {
    return new Int16Array(this.#buffer, at, length);
  }

  bytesAt(at: Address, length: number): Uint8Array<SharedArrayBuffer> {
    return new Uint8Array(this.#buffer, at, length);
  }

  /** Address of an array that is a view of this memory; `undefined` for any other. */
  addressOf(array: Numbers): Address | undefined {
    return this.#buffers.has(array.buffer) ? array.byteOffset : undefined;
  }

  /** An array of the innermost scope. */
  #lent<T extends Numbers>(array: T): T {
    const scope = this.#scope;
    return this.#isGuarded ? guarded(array, () => scope!.isOver) : array;
  }

  #bufferNow(): SharedArrayBuffer {
    // Each growth makes another buffer over the same bytes; views of the old ones stay valid.
    const buffer = this.memory.buffer as unknown as SharedArrayBuffer;
    this.#buffers.add(buffer);
    return buffer;
  }

  #grow(pages: number): void {
    const held = this.#size / PAGE;
    try {
      this.memory.grow(Math.min(Math.max(pages, GROWTH), Math.max(pages, PAGES_MAX - held)));
    } catch (cause) {
      const gigabytes = (it: number) => ((it * PAGE) / 1e9).toFixed(1);
      throw new RangeError(
        `a kernel that holds ${gigabytes(held)} GB cannot hold ${gigabytes(pages)} GB more: 4 GB is the most`,
        { cause },
      );
    }
    this.#buffer = this.#bufferNow();
    this.#size = this.#buffer.byteLength;
  }
}
