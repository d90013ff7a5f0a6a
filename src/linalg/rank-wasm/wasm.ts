/** The compiled WASM module of ranking, and the types of its functions. */
import { readFileSync } from "node:fs";
import type { Address, Arena } from "../arena.ts";
import path from "./rank.wasm" with { type: "file" };

/** The functions of `assembly/`; parameters are explained there. */
export type RankWasm = {
  products(out: Address, x: Address, count: number, y: Address, rows: number, width: number, scale: number): void; // prettier-ignore
  productsWithSome(out: Address, stride: number, x: Address, count: number, y: Address, rows: Address, size: number, width: number, scale: number): void; // prettier-ignore
  addRows(out: Address, table: Address, m: number, ends: Address, rows: Address, weights: Address, count: number): void; // prettier-ignore
  standardise(column: Address, count: number): void;
  nearness(out: Address, columns: Address, stride: number, near: number, far: number, against: number): void; // prettier-ignore
  combine(out: Address, table: Address, width: number, rows: Address, weights: Address, count: number, scale: number): void; // prettier-ignore
};

let compiled: WebAssembly.Module | null | undefined;

/** An instance on an arena's memory; `undefined` if WASM has no SIMD. */
export function rankWasm({ memory }: Arena): RankWasm | undefined {
  if (compiled === undefined) {
    const source = readFileSync(path);
    compiled = WebAssembly.validate(source) ? new WebAssembly.Module(source) : null;
  }
  if (compiled === null) return undefined;
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as RankWasm;
}
