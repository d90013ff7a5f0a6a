/** Exports of ranking's kernel. AssemblyScript: `bun src/build/kernel.ts` compiles it to rank.wasm. */
export { addRows, nearness, standardise } from "./columns";
export { combine, products, productsWithSome } from "./products";
