/** A WASM memory for what ranking works on: matrices that stay, and columns of one request. */
import { readFileSync } from "node:fs";
import path from "./rank.wasm" with { type: "file" };

/** See `assembly/index.ts`; places in the memory are numbers. */
export type ColumnsWasm = {
  products(out: number, x: number, count: number, y: number, rows: number, width: number): void;
  products16(
    out: number,
    x: number,
    count: number,
    y: number,
    rows: number,
    width: number,
    scale: number,
  ): void;
  productsWithSome(...at: SomeProducts): void;
  productsWithSome16(...at: [...SomeProducts, scale: number]): void;
  combine(
    out: number,
    table: number,
    width: number,
    places: number,
    weights: number,
    count: number,
    scale: number,
  ): void;
  spread(
    out: number,
    table: number,
    m: number,
    ends: number,
    rows: number,
    weights: number,
    count: number,
  ): void;
  gather(out: number, values: number, rows: number, count: number): void;
  nearness(
    out: number,
    columns: number,
    stride: number,
    near: number,
    far: number,
    against: number,
    count: number,
  ): void;
  standardise(column: number, count: number): void;
  addWeighted(total: number, column: number, count: number, weight: number): void;
  keep(kept: number, rows: number, count: number, allowed: number): number;
  compact(rows: number, bits: number, words: number, count: number): number;
  largest(
    out: number,
    spare: number,
    room: number,
    scores: number,
    count: number,
    k: number,
    allowed: number,
    above: number,
    isSorted: boolean,
  ): number;
};

type SomeProducts = [
  out: number,
  stride: number,
  x: number,
  count: number,
  y: number,
  rows: number,
  size: number,
  width: number,
];

/** Arrays that can lie in a room. */
export type Numbers = Float32Array | Uint32Array | Int32Array | Uint16Array | Int16Array | Uint8Array; // prettier-ignore

/**
 * A memory that never grows, so that arrays on it stay good. What is taken outside of a scope stays
 * for good; what is taken inside is free again when the scope ends.
 */
export type Room = {
  readonly wasm: ColumnsWasm;
  /** Arrays of so many numbers, on 16 bytes and with room for a multiple of them; not cleared. */
  readonly floats: (length: number) => Float32Array;
  readonly words: (length: number) => Uint32Array;
  readonly shorts: (length: number) => Int16Array;
  readonly bytes: (length: number) => Uint8Array;
  readonly has: (numbers: Numbers) => boolean;
  /** Room without an array. */
  readonly take: (bytes: number) => number;
  /** Words that were taken, of a place of the memory. */
  readonly wordsAt: (at: number, length: number) => Uint32Array;
  /** A scope; one may be inside another. */
  readonly scope: <T>(run: () => T) => T;
  /** What is made inside a scope; outside of any, a copy of it that lies elsewhere. */
  readonly lend: (make: () => Float32Array) => Float32Array;
};

const PAGE_BYTES = 65_536;
/** Every array begins at a multiple. */
const ALIGNMENT = 16;

/** Bytes that an array of so many takes. */
export function roomFor(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

let compiled: WebAssembly.Module | null | undefined;

/**
 * @param bytes  All that will ever be needed at once; what is not touched takes no memory.
 * @returns `undefined` where WASM has no SIMD, or not so much memory.
 */
export function openRoom(bytes: number): Room | undefined {
  if (compiled === undefined) {
    const source = readFileSync(path);
    compiled = WebAssembly.validate(source) ? new WebAssembly.Module(source) : null;
  }
  const pages = Math.ceil((bytes + ALIGNMENT) / PAGE_BYTES);
  if (compiled === null || pages >= 65_536) return undefined; // ends of arrays are in 32 bits
  const memory = memoryOf(pages);
  if (memory === undefined) return undefined;
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const { buffer } = memory;
  let top = ALIGNMENT; // 0 means none to the kernel
  let depth = 0;
  const take = (bytes: number): number => {
    const at = top;
    if (at + bytes > buffer.byteLength) throw new RangeError(`no room for ${bytes} more bytes`);
    top = at + roomFor(bytes);
    return at;
  };
  const scope: Room["scope"] = (run) => {
    const before = top;
    depth++;
    try {
      return run();
    } finally {
      top = before;
      depth--;
    }
  };
  return {
    wasm: exports as ColumnsWasm,
    floats: (length) => new Float32Array(buffer, take(4 * length), length),
    words: (length) => new Uint32Array(buffer, take(4 * length), length),
    shorts: (length) => new Int16Array(buffer, take(2 * length), length),
    bytes: (length) => new Uint8Array(buffer, take(length), length),
    take,
    wordsAt: (at, length) => new Uint32Array(buffer, at, length),
    has: (numbers) => numbers.buffer === buffer,
    scope,
    lend: (make) => (depth > 0 ? make() : scope(() => make().slice())),
  };
}

/** `undefined` where there is not so much: plain arithmetic is slower, but needs no second copy. */
function memoryOf(pages: number): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}
