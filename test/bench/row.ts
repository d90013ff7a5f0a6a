/** A benchmark's row: our figure beside a peer's, and whether that is where we want to be. */

/** Fastest and middle of several runs; of a rate, slowest and middle. */
export type Figure = {
  readonly min: number;
  readonly median: number;
  /** Such as "ms" or "requests/s". */
  readonly unit: string;
  /** Of the program that was measured. */
  readonly version?: string;
};

/** Ratios that are wanted: at most these if `go` is no larger than `reach`, else at least. */
export type Target = { readonly reach: number; readonly go: number };

/** One line of the table. Ratio, targets and `met` are null where there is nothing to compare with. */
export type BenchRow = {
  readonly name: string;
  /** Our median by theirs. */
  readonly ratio: number | null;
  readonly reach: number | null;
  readonly go: number | null;
  /** True if `reach` is met; `null` without one. */
  readonly met: boolean | null;
  readonly ours: Figure;
  readonly theirs: Figure | null;
};

/** Options of a benchmark: `quick` is seconds instead of minutes, `full` the largest sizes too. */
export type BenchOptions = { readonly quick: boolean; readonly full: boolean };

/** The export `rows` of a `*.bench.ts` file. */
export type Rows = (options: BenchOptions) => Promise<readonly BenchRow[]>;

/** Our figure beside a peer's. */
export function compare(
  name: string,
  { reach, go }: Target,
  ours: Figure,
  theirs: Figure,
): BenchRow {
  const ratio = ours.median / theirs.median;
  return { name, ratio, reach, go, met: fits(ratio, { reach, go }), ours, theirs };
}

/** Our figure beside a peer's, without anything that is wanted. */
export function beside(name: string, ours: Figure, theirs: Figure): BenchRow {
  const ratio = ours.median / theirs.median;
  return { name, ratio, reach: null, go: null, met: null, ours, theirs };
}

/** Our figure beside what it may be at most. */
export function withinBudget(name: string, ours: Figure, most: number): BenchRow {
  const budget = { min: most, median: most, unit: ours.unit, version: "budget" };
  return compare(name, { reach: 1, go: 1 }, ours, budget);
}

/** A figure that nothing is wanted of but to be known. */
export function known(name: string, ours: Figure): BenchRow {
  return { name, ratio: null, reach: null, go: null, met: null, ours, theirs: null };
}

/** Fastest and median of runs. */
export function figure(runs: readonly number[], unit: string, version?: string): Figure {
  const sorted = runs.toSorted((a, b) => a - b);
  const [min, median] = [sorted[0], sorted[sorted.length >> 1]];
  if (min === undefined || median === undefined) throw new RangeError(`no runs, in ${unit}`);
  return { min, median, unit, ...(version !== undefined && { version }) };
}

/** Run ours, theirs, ours, …, so that both meet the same disturbances; each run says its figure. */
export async function interleaved(
  times: number,
  ours: () => number | Promise<number>,
  theirs: () => number | Promise<number>,
): Promise<{ readonly ours: number[]; readonly theirs: number[] }> {
  const runs = { ours: [] as number[], theirs: [] as number[] };
  for (let n = 0; n < times; n++) {
    runs.ours.push(await ours());
    runs.theirs.push(await theirs());
  }
  return runs;
}

/** Milliseconds that some work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function fits(ratio: number, { reach, go }: Target): boolean {
  return go <= reach ? ratio <= reach : ratio >= reach;
}
