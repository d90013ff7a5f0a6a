/** Kernels and systems to try them on. */
import { Matrix } from "ml-matrix";
import { openKernel } from "../../src/linalg/train-wasm/open.ts";
import type { Kernel } from "../../src/linalg/train-wasm/kernel.ts";
import { plainKernel } from "../../src/linalg/train-wasm/plain-kernel.ts";
import { seededRandom } from "../../src/linalg/random.ts";

/** Start a thread of the kernel. */
export const spawn = () =>
  new Worker(new URL("../../src/linalg/train-wasm/worker.ts", import.meta.url));

/** Every way that the kernel can run; all keep the same contract. */
export const KERNELS: readonly [string, () => Promise<Kernel>][] = [
  ["one thread", () => openKernel({ threads: 1, spawn: noSpawn })],
  ["two threads", () => openKernel({ threads: 2, spawn })],
  ["plain TypeScript", async () => plainKernel()],
];

function noSpawn(): never {
  throw new Error("one thread needs no other");
}

/** A random symmetric positive-definite matrix B Bᵀ + I, and a right side of m columns. */
export function someSystem(n: number, m: number): System {
  const name = `${n} × ${m}`;
  if (!made.has(name)) made.set(name, makeSystem(n, m));
  return made.get(name)!;
}

type System = { readonly a: Matrix; readonly b: Matrix };
/** Those asked for so far: making one takes longer than to solve it. */
const made = new Map<string, System>();

function makeSystem(n: number, m: number): System {
  const random = seededRandom(n);
  const matrixOf = (rows: number, columns: number) =>
    new Matrix(Array.from({ length: rows }, () => Array.from({ length: columns }, centred)));
  const centred = () => Math.fround(random() - 0.5);
  const b = matrixOf(n, n);
  const a = Matrix.from1DArray(n, n, floatsOf(b.mmul(b.transpose()).add(Matrix.eye(n))));
  return { a, b: matrixOf(n, m) };
}

/** The numbers of a matrix, single precision. */
export function floatsOf(a: Matrix): Float32Array {
  return Float32Array.from(a.to1DArray());
}

/** The largest difference, relative to the largest number of `wanted`. */
export function errorOf(found: ArrayLike<number>, wanted: Matrix): number {
  const numbers = wanted.to1DArray();
  const size = numbers.reduce((most, it) => Math.max(most, Math.abs(it)), 0);
  return numbers.reduce((most, it, n) => Math.max(most, Math.abs(it - found[n]!)), 0) / size;
}
