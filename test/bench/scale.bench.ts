/**
 * The feed's budget at 3,000, 10,000 and 100,000 posts, and with `--full` at a million: how long a
 * feed takes, how soon the program answers, what it needs of memory and disk, and how long it learns.
 *
 * Everything is made by chance but shaped like the real thing: a fifth as many users as posts, 50
 * events each, vectors that lie as those of texts do (given, not encoded). The program is run
 * as people run it: `vidrec learn`, then `vidrec serve`, asked over loopback for people who ask for
 * the first time, once each; then by one connection and by 32 for people who are known, each request
 * for another and so a fresh ranking. Then once more while another `vidrec learn` runs beside it. `--quick` is 1,000 posts, and nothing beside. Sizes are those of the budget.
 */
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { EMBEDDED_FILES, EMBEDDED_MODEL, modelIdentity } from "../../src/text/files.ts";
import { openLease } from "../../src/data/sqlite/open.ts";
import { temporaryFolder } from "../support/folder.ts";
import { textLikeVectors } from "../support/vectors.ts";
import { fillStore, generatedCatalogue, username } from "./catalogue.ts";
import { load, type Load } from "./load.ts";
import { compare, figure, known, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";
import { AWAY, serve, serveBeside, spawn, type Serving } from "./serving.ts";
import { askAll } from "./world.ts";

const D = 384;
const MAIN = resolve(import.meta.dir, "../../src/main.ts");
/** People who are known, and as many who are not, at most. */
const PEOPLE = 2_000;
/** Posts and likes of each user; three in five posts seen are liked too. */
const SEEN = 31;

/** Limits at a size; milliseconds and megabytes. */
type Budget = {
  readonly p50?: number;
  readonly p99?: number;
  readonly start?: number;
  readonly serving?: number;
  readonly learning?: number;
};
const BUDGETS: Readonly<Record<number, Budget>> = {
  1_000: { p50: 2, p99: 10 },
  3_000: { p50: 2, p99: 10 },
  10_000: { p50: 2, p99: 10 },
  100_000: { p99: 15, start: 1_000 },
  1_000_000: { p99: 30, start: 5_000, serving: 6_000, learning: 12_000 },
};

export async function rows({ quick, full }: BenchOptions): Promise<BenchRow[]> {
  const sizes = quick ? [1_000] : [3_000, 10_000, 100_000, ...(full ? [1_000_000] : [])];
  const done: BenchRow[] = [];
  for (const posts of sizes) done.push(...(await rowsAt(posts, quick)));
  return done;
}

async function rowsAt(posts: number, quick: boolean): Promise<BenchRow[]> {
  const { p50, p99, start, serving: mostServing, learning: mostLearning } = BUDGETS[posts]!;
  const name = (what: string) => `${posts.toLocaleString("en")} posts: ${what}`;
  const row = (what: string, value: number, unit: string, most?: number) =>
    most === undefined
      ? known(name(what), figure([value], unit))
      : withinBudget(name(what), figure([value], unit), most);
  const tell = (what: string) => console.error(name(what));
  using folder = temporaryFolder();
  const users = posts / 5;
  const paths = Array.from({ length: users }, (_, n) => `/feed?username=${username(n)}`);
  const half = Math.min(PEOPLE, users / 2);
  const [people, strangers] = [paths.slice(0, half), paths.slice(half, 2 * half)];
  tell("filling a store");
  await fill(folder.path, posts, users);
  tell("learning");
  const learnt = await learn(folder.path).result;
  tell("serving");
  const seconds = quick ? 4 : 10;
  const ask = ({ url }: Serving, connections: number) =>
    load({ url, paths: people, connections, seconds });
  const [quiet, done] = await (async () => {
    using serving = await serve(folder.path, paths[0]!);
    await askAll(serving, people);
    const first = await firstTimes(serving, strangers);
    const [one, many] = [await ask(serving, 1), await ask(serving, 32)];
    const found = [
      row("start to the first feed", serving.startMs, "ms", start),
      row("/feed, the first of a person, p50", first.p50Ms, "ms"),
      row("/feed, the first of a person, p99", first.p99Ms, "ms"),
      row("/feed, 1 connection, p50", one.p50Ms, "ms", p50),
      row("/feed, 1 connection, p99", one.p99Ms, "ms", p99),
      row("/feed, 32 connections, p50", many.p50Ms, "ms"),
      row("/feed, 32 connections, p99", many.p99Ms, "ms"),
      row("/feed, 32 connections", many.perSecond, "/s"),
      row("memory while serving", serving.memoryMb(), "MB", mostServing),
      row("snapshot", sizeMb(join(folder.path, "snapshots")), "MB"),
      row("learning", learnt.seconds, "s"),
      row("memory while learning", learnt.memoryMb, "MB", mostLearning),
    ];
    return [one, found] as const;
  })();
  if (!quick) done.push(...(await whileLearning(folder.path, name, quiet.p99Ms, ask, paths[0]!)));
  return done;
}

/** A feed's 99th percentile while another process learns, beside that alone; nothing if learning ends too soon. */
async function whileLearning(
  folder: string,
  name: (what: string) => string,
  aloneMs: number,
  ask: (serving: Serving, connections: number) => Promise<Load>,
  path: string,
): Promise<BenchRow[]> {
  console.error(name("serving while learning"));
  const learning = learn(folder);
  while ((await openLease(join(folder, "lock.db")).holder()) === undefined) await Bun.sleep(50);
  using serving = await serveBeside(folder, path);
  await load({ url: serving.url, paths: [path], connections: 1, seconds: 1 });
  const { p99Ms } = await ask(serving, 1);
  const isOver = learning.isOver();
  learning.stop();
  if (isOver) return [];
  const [busy, alone] = [figure([p99Ms], "ms"), figure([aloneMs], "ms", "alone")];
  return [compare(name("/feed, p99 while learning"), { reach: 2, go: 1.5 }, busy, alone)];
}

/** One after the other, each once. */
async function firstTimes({ url }: Serving, paths: readonly string[]) {
  const times: number[] = [];
  for (const path of paths) {
    const start = performance.now();
    await (await fetch(url + path)).bytes();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * times.length)]!;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function fill(folder: string, posts: number, users: number): Promise<void> {
  const model = await modelIdentity(EMBEDDED_MODEL, EMBEDDED_FILES);
  const vectors = textLikeVectors(posts, D, 1);
  const catalogue = generatedCatalogue(posts, users, SEEN);
  await fillStore(join(folder, "store.db"), catalogue, { model, vectors, d: D });
}

/** `vidrec learn` in a process of its own. */
function learn(folder: string) {
  const start = performance.now();
  const env = { ...process.env, ...AWAY, DATA_DIR: folder };
  const child = spawn([process.execPath, MAIN, "learn"], env);
  const result = child.exited.then((code) => {
    if (code !== 0 && code !== 143) throw new Error(`vidrec learn ended with ${code}`);
    const memoryMb = (child.resourceUsage()?.maxRSS ?? 0) / 2 ** 20;
    return { seconds: (performance.now() - start) / 1_000, memoryMb };
  });
  return { result, isOver: () => child.exitCode !== null, stop: () => child.kill() };
}

function sizeMb(folder: string): number {
  const paths = readdirSync(folder, { recursive: true }).map((it) => join(folder, String(it)));
  return paths.reduce((sum, it) => sum + statSync(it).size, 0) / 2 ** 20;
}
