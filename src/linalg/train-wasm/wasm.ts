/** The compiled WASM module of training, and the types of its functions. */
import type { Address } from "../arena.ts";
import path from "./train.wasm" with { type: "file" };

/** The functions of `assembly/`; parameters are explained there. Strides, rows, columns and depths count numbers. */
export type Wasm = {
  multiply(c: Address, cStride: number, p: Address, pStride: number, q: Address, rows: number, columns: number, depth: number, isSet: boolean, scratch: Address): void; // prettier-ignore
  packRows(q: Address, s: Address, stride: number, depth: number, columns: number): void;
  packColumns(q: Address, s: Address, stride: number, depth: number, columns: number): void;
  transpose(t: Address, tStride: number, s: Address, sStride: number, rows: number, columns: number): void; // prettier-ignore
  copy(t: Address, tStride: number, s: Address, sStride: number, rows: number, columns: number): void; // prettier-ignore
  negate(x: Address, stride: number, rows: number, columns: number): void;
  mirror(a: Address, stride: number, n: number): void;
  clear(a: Address, count: number): void;
  fillDiagonal(a: Address, n: number, value: number): void;
  regressRows(x: Address, from: number, end: number, k: number, rowStart: Address, columns: Address, values: Address, y: Address, gram: Address, inverse: Address, means: Address, ridge: number, ridgeOfAll: number, meanRidge: number, steps: number, scratch: Address): void; // prettier-ignore
  regressHistories(w: Address, n: number, first: number, rowStart: Address, columns: Address, users: number, blocks: Address, blockCount: number, lambda: number, scratch: Address): void; // prettier-ignore
  /** Returns the pivot that is not positive, or −1. */
  invertFactor(inverse: Address, a: Address, stride: number, n: number, factor: Address, rows: Address): number; // prettier-ignore
};

/** A thread's instance of the kernel, and its scratch memory. */
export type ThreadContext = {
  readonly wasm: Wasm;
  /** Scratch memory of the thread, of the size that the phase gives. */
  readonly scratch: Address;
};

/** Numbers of a strip of a packed matrix. */
export const STRIP = 16;
/** Bytes of a number. */
export const SIZE = 4;

let compiled: Promise<WebAssembly.Module> | undefined;

/** The module; `undefined` if WASM has no SIMD or memory cannot be shared. */
export async function compileKernel(): Promise<WebAssembly.Module | undefined> {
  if (typeof SharedArrayBuffer === "undefined") return undefined;
  const bytes = await Bun.file(path).bytes();
  if (!WebAssembly.validate(bytes)) return undefined;
  return (compiled ??= WebAssembly.compile(bytes));
}

/** A thread's own instance of the kernel, on memory that threads share. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Wasm {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Wasm;
}
