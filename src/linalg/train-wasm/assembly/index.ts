/** Exports of training's kernel. AssemblyScript: `bun src/build/kernel.ts` compiles it to train.wasm. */
export { invertFactor } from "./factor";
export { regressHistories } from "./histories";
export { multiply } from "./multiply";
export { regressRows } from "./regress";
export {
  clear,
  copy,
  fillDiagonal,
  mirror,
  negate,
  packColumns,
  packRows,
  transpose,
} from "./pack";
