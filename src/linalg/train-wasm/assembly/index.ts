/** What the kernel exports. AssemblyScript: `bun src/build/kernel.ts` compiles it to train.wasm. */
export { invertFactor } from "./factor";
export { multiply } from "./multiply";
export { addOuter, fold, groupByColumn } from "./outer";
export { largestPlaces } from "./places";
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
