/** Inner products of a few vectors with every row of one matrix, by SIMD where it is worth it. */
import { readFileSync } from "node:fs";
import { dotRows } from "../vector.ts";
import path from "./products.wasm" with { type: "file" };

/** x·y for vectors X `[count × width]` and all rows of the matrix: `[count × rows]`, its own. */
export type Products = (vectors: Float32Array) => Float32Array;

/** Numbers of a matrix from which copying it for SIMD is worth it. */
const NUMBERS_MIN = 1 << 14;
const PAGE_BYTES = 65_536;

/** See `assembly/products.ts`. */
export type ProductsWasm = {
  products(
    out: number,
    vectors: number,
    count: number,
    matrix: number,
    rows: number,
    width: number,
  ): void;
  products16(
    out: number,
    vectors: number,
    count: number,
    matrix: number,
    rows: number,
    width: number,
    scale: number,
  ): void;
  combine(
    out: number,
    table: number,
    width: number,
    places: number,
    weights: number,
    count: number,
  ): void;
};

/**
 * Products with one matrix `[rows × width]`, of which it keeps a copy: 25 billion multiplications a
 * second instead of 2.4 on one core, while the matrix fits in the caches.
 */
export function productsWith(matrix: Float32Array, width: number): Products {
  const isWorthIt = matrix.length >= NUMBERS_MIN && width % 4 === 0;
  return (isWorthIt ? bySimd(matrix, width, FLOATS) : undefined) ?? plainProducts(matrix, width);
}

/**
 * The same of unit vectors, within 1e-4 and in half the room and the time: they are rounded to 16
 * bits. No sum leaves 31 bits, since that of any part of a product is at most 1.
 */
export function unitProductsWith(matrix: Float32Array, width: number): Products {
  const isWorthIt = matrix.length >= NUMBERS_MIN && width % 8 === 0;
  return (isWorthIt ? bySimd(matrix, width, SHORTS) : undefined) ?? plainProducts(matrix, width);
}

/** The same in plain arithmetic: the oracle, and what serves where WASM has no SIMD. */
export function plainProducts(matrix: Float32Array, width: number): Products {
  const rows = width > 0 ? matrix.length / width : 0;
  return (vectors) => {
    const out = new Float32Array(width > 0 ? (vectors.length / width) * rows : 0);
    for (let n = 0, v = 0; n < out.length; v++)
      for (let row = 0; row < rows; row++) out[n++] = dotRows(vectors, v, matrix, row, width);
    return out;
  };
}

let compiled: WebAssembly.Module | null | undefined;

/** The functions on a memory of `bytes` to begin with; `undefined` where WASM has no SIMD. */
export function wasmOn(
  bytes: number,
): { readonly wasm: ProductsWasm; readonly memory: WebAssembly.Memory } | undefined {
  if (compiled === undefined) {
    const source = readFileSync(path);
    compiled = WebAssembly.validate(source) ? new WebAssembly.Module(source) : null;
  }
  if (compiled === null) return undefined;
  const memory = new WebAssembly.Memory({ initial: pages(bytes) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { wasm: exports as ProductsWasm, memory };
}

/** How numbers lie in the memory. */
type Stored = {
  readonly bytes: number;
  /** Write numbers to a place of the memory. */
  readonly store: (memory: WebAssembly.Memory, at: number, numbers: Float32Array) => void;
  readonly multiply: (wasm: ProductsWasm, ...at: Parameters<ProductsWasm["products"]>) => void;
};

const FLOATS: Stored = {
  bytes: 4,
  store: ({ buffer }, at, numbers) => new Float32Array(buffer, at, numbers.length).set(numbers),
  multiply: (wasm, ...at) => wasm.products(...at),
};

/** What 1 becomes in 16 bits. */
const ONE = 32_767;
const SHORTS: Stored = {
  bytes: 2,
  store: ({ buffer }, at, numbers) => {
    const shorts = new Int16Array(buffer, at, numbers.length);
    for (let i = 0; i < shorts.length; i++) shorts[i] = Math.floor(numbers[i]! * ONE + 0.5);
  },
  multiply: (wasm, ...at) => wasm.products16(...at, 1 / ONE ** 2),
};

/** The copy lies in rows of four from byte 0 on; then vectors, then their products. */
function bySimd(
  matrix: Float32Array,
  width: number,
  { bytes, store, multiply }: Stored,
): Products | undefined {
  const rows = matrix.length / width;
  const padded = Math.ceil(rows / 4) * 4;
  const vectorsAt = padded * width * bytes;
  const opened = wasmOn(vectorsAt);
  if (opened === undefined) return undefined;
  const { wasm, memory } = opened;
  store(memory, 0, matrix);
  return (vectors) => {
    const count = vectors.length / width;
    const outAt = vectorsAt + vectors.length * bytes;
    const missing = pages(outAt + count * padded * 4) - memory.buffer.byteLength / PAGE_BYTES;
    if (missing > 0) memory.grow(missing);
    store(memory, vectorsAt, vectors);
    multiply(wasm, outAt, vectorsAt, count, 0, padded, width);
    const out = new Float32Array(count * rows);
    for (let v = 0; v < count; v++)
      out.set(new Float32Array(memory.buffer, outAt + v * padded * 4, rows), v * rows);
    return out;
  };
}

function pages(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
