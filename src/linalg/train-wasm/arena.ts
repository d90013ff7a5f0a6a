/** The memory of a kernel: handed out from the front, taken back from the end. */
import type { Address } from "./wasm.ts";

const PAGE = 65_536;
/** 4 GB: all that 32 bits can address. */
const PAGES_MAX = 65_536;
/** A cache line. */
const ALIGN = 64;

/** Where threads count the tasks that they took: in the first page, which holds nothing else. */
export const NEXT_TASK = 0;

/** Shared memory that grows, and places in it. */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: PAGES_MAX, shared: true });
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #top = PAGE;

  /**
   * Room that holds whatever was there before.
   *
   * @throws RangeError if a kernel cannot hold that much.
   */
  allocate(bytes: number): Address {
    const at = this.#top;
    const top = at + Math.ceil(bytes / ALIGN) * ALIGN;
    const pages = Math.ceil(top / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (pages > 0) this.#grow(pages);
    this.#top = top;
    return at;
  }

  /** Run `job`, then take back all that was allocated meanwhile. */
  async scratch<T>(job: () => Promise<T>): Promise<T> {
    const top = this.#top;
    try {
      return await job();
    } finally {
      this.#top = top;
    }
  }

  floats(at: Address, length: number): Float32Array<SharedArrayBuffer> {
    return new Float32Array(this.#buffer(), at, length);
  }

  integers(at: Address, length: number): Uint32Array<SharedArrayBuffer> {
    return new Uint32Array(this.#buffer(), at, length);
  }

  /** Where an array lies, if it is a view of this memory. */
  addressOf(array: Float32Array | Uint32Array): Address | undefined {
    return this.#buffers.has(array.buffer) ? array.byteOffset : undefined;
  }

  #buffer(): SharedArrayBuffer {
    // Each growth makes another buffer over the same bytes; views of the old ones stay good.
    const buffer = this.memory.buffer as unknown as SharedArrayBuffer;
    this.#buffers.add(buffer);
    return buffer;
  }

  #grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch (cause) {
      const gigabytes = (this.memory.buffer.byteLength / 1e9).toFixed(1);
      throw new RangeError(
        `a kernel that holds ${gigabytes} GB cannot hold ${((pages * PAGE) / 1e9).toFixed(1)} GB more: 4 GB is the most`,
        { cause },
      );
    }
  }
}
