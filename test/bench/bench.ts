/**
 * `bun run bench`: every benchmark beside its peer, as one table.
 *
 * Every `*.bench.ts` file is run in a process of its own (memory that one leaves behind is not the
 * next one's trouble), one after the other.
 */
import { Command } from "commander";
import { cpus, totalmem } from "node:os";
import { basename, join } from "node:path";
import { table } from "../../src/cli/table.ts";
import type { BenchOptions, BenchRow, Figure, Rows } from "./row.ts";

/** Figures of the last release. */
type Baseline = {
  readonly release: string;
  readonly date: string;
  readonly machine: string;
  readonly rows: readonly BenchRow[];
};

const BASELINE = join(import.meta.dir, "baseline.json");
const { quick, full, json, only, alone, save } = new Command("bench")
  .description("Measure vidrec beside its peers, which need Python 3.11 or newer with venv.")
  .option("--quick", "fewer runs and smaller sizes: under 3 minutes", false)
  .option("--full", "the largest sizes too", false)
  .option("--only <name>", "only this benchmark, such as nearest")
  .option("--json", "print {rows: […]} instead of a table", false)
  .option("--save <release>", "put the figures into the baseline, under this name")
  .option("--alone <file>", "print the rows of one file; used for its process")
  .parse()
  .opts<BenchOptions & { json: boolean; only?: string; alone?: string; save?: string }>();

const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Bun ${Bun.version}`;

/** Whoever ends this command ends the benchmark that runs. */
let running: Bun.Subprocess | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    running?.kill();
    process.exit(1);
  });

/** The rows of a file, from a process of its own; an error is told and leaves none. */
async function rowsOf(file: string): Promise<BenchRow[]> {
  console.error(`${basename(file)} …`);
  const flags = [quick ? ["--quick"] : [], full ? ["--full"] : [], ["--alone", file]].flat();
  const child = Bun.spawn([process.execPath, import.meta.path, ...flags], {
    stdout: "pipe",
    stderr: "inherit",
  });
  running = child;
  const said = await Bun.readableStreamToText(child.stdout);
  if ((await child.exited) === 0) return JSON.parse(said) as BenchRow[];
  process.exitCode = 1;
  return [];
}

/** Short for people: three digits. */
function short(x: number): string {
  return x >= 100 ? x.toFixed(0) : x.toPrecision(3);
}

function cell(it: Figure | null): string {
  return it === null ? "–" : `${short(it.min)} / ${short(it.median)} ${it.unit}`;
}

/** The table, with how each figure stands to the last release's: by its ratio to the peer if it has one. */
function shown(rows: readonly BenchRow[], baseline: Baseline | undefined): string {
  const before = new Map(baseline?.rows.map((it) => [it.name, it]));
  const head = ["benchmark", "ours", "peer's", "ratio", "reach", "go", "met"];
  const since = baseline ? [`÷ ${baseline.release}`] : [];
  const lines = rows.map((row) => {
    const { ratio, reach, go, met } = row;
    const sign = (go ?? 0) <= (reach ?? 0) ? "≤" : "≥";
    const limit = (it: number | null) => (it === null ? "–" : `${sign} ${it}`);
    const old = before.get(row.name);
    const change =
      old === undefined
        ? undefined
        : ratio !== null && old.ratio !== null
          ? ratio / old.ratio
          : row.ours.median / old.ours.median;
    return [
      row.name,
      cell(row.ours),
      row.theirs ? `${cell(row.theirs)} (${row.theirs.version ?? "peer"})` : "–",
      ratio === null ? "–" : short(ratio),
      limit(reach),
      limit(go),
      met === null ? "–" : met ? "yes" : "no",
      ...since.map(() => (change === undefined ? "–" : short(change))),
    ];
  });
  const note = "Minimum / median of interleaved runs; ratio = our median by the peer's.";
  const on = baseline ? ` Last release measured ${baseline.date} on ${baseline.machine}.` : "";
  return `${table([...head, ...since], lines)}\n\n${note} ${machine}.${on}`;
}

if (alone !== undefined) {
  const { rows } = (await import(alone)) as { readonly rows: Rows };
  const done = await rows({ quick, full });
  await Bun.write(Bun.stdout, JSON.stringify(done));
  process.exit(0);
}
const files = [...new Bun.Glob("*.bench.ts").scanSync({ cwd: import.meta.dir })].sort();
const names = files.map((it) => it.replace(".bench.ts", ""));
if (only !== undefined && !names.includes(only)) {
  console.error(`there is no benchmark ${only}; there are ${names.join(", ")}`);
  process.exit(2);
}
const wanted = names.filter((it) => only === undefined || it === only);
const rows: BenchRow[] = [];
for (const name of wanted) rows.push(...(await rowsOf(join(import.meta.dir, `${name}.bench.ts`))));
const stored = Bun.file(BASELINE);
const baseline = (await stored.exists()) ? ((await stored.json()) as Baseline) : undefined;
console.log(json ? JSON.stringify({ rows }) : shown(rows, baseline));
if (save !== undefined) {
  const date = new Date().toISOString().slice(0, 10);
  const others = (baseline?.rows ?? []).filter((it) => !rows.some(({ name }) => name === it.name));
  const kept: Baseline = { release: save, date, machine, rows: [...others, ...rows] };
  await Bun.write(BASELINE, `${JSON.stringify(kept, undefined, 2)}\n`);
}
