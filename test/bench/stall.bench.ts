/**
 * Stalls: how late the event loop of `vidrec serve` comes to a timer of one millisecond while it
 * serves, and meanwhile syncs, encodes, learns and swaps the snapshot, over 10,000 posts, 2,000
 * users and 100,000 events; `--quick` leaves it out.
 *
 * The program runs as people run it, with a probe loaded before it (stall-probe.ts), beside a
 * stand-in for upstream which tells every title anew; one feed is asked for after the other, with
 * pauses of a few milliseconds. The encoder is a table of words, as wide as the real one and much
 * faster: it is not what is measured. Waiting for a core that others have is in the figures, and told
 * apart: a request would wait as long, but on a machine with other work it is that machine's.
 */
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { filesIn, folderName, modelIdentity } from "../../src/text/files.ts";
import { lowerPriority } from "../../src/runtime/priority.ts";
import type { SyncedName } from "../../src/domain/signals.ts";
import { writeTinyModel } from "../text/tiny-model.ts";
import { temporaryFolder } from "../support/folder.ts";
import { fedBy, freePort, start } from "../support/program.ts";
import { emptyDataset, eventRow, postRow, upstreamTime, userRow, type Dataset } from "../support/rows.ts"; // prettier-ignore
import { serveSocialverse } from "../support/socialverse.ts";
import { textLikeVectors } from "../support/vectors.ts";
import { fillStore, generatedCatalogue, eventsOf, postId, userId, username, type Catalogue } from "./catalogue.ts"; // prettier-ignore
import { figure, known, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";

const D = 384;
const MAIN = resolve(import.meta.dir, "../../src/main.ts");
const PROBE = resolve(import.meta.dir, "stall-probe.ts");
const SEEN = 31;
/** Longest stall allowed. */
const MOST_MS = 10;
/** Between two requests. */
const PAUSE_MS = 3;
const IDLE_MS = 5_000;
/** The first feeds of a process are slow: they are what a start costs. */
const WARM_UP_MS = 1_000;
/** Span of the swap, before and after the pointer is written. */
const [BEFORE_MS, AFTER_MS] = [200, 3_000];

/** A part of the run, Unix epoch milliseconds. */
type Part = { readonly name: string; readonly fromMs: number; readonly toMs: number };

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  if (quick) return [];
  const posts = 10_000;
  const catalogue = generatedCatalogue(posts, posts / 5, SEEN);
  using folder = temporaryFolder();
  using upstream = serveSocialverse({ data: datasetOf(catalogue) });
  const ENCODER_MODEL = await writeTinyModel(join(folder.path, "tiny"), D);
  const model = await modelIdentity(folderName(ENCODER_MODEL), filesIn(ENCODER_MODEL));
  const vectors = textLikeVectors(posts, D, 1);
  await fillStore(join(folder.path, "store.db"), catalogue, { model, vectors, d: D });
  const settings = { ...fedBy(upstream), ENCODER_MODEL, DATA_DIR: folder.path };
  const learning = start([process.execPath, MAIN, "learn"], settings, folder.path);
  if ((await learning.exitCode) !== 0) throw new Error(learning.lines.join("\n"));
  const probe = join(folder.path, "stalls");
  const parts = await run(folder.path, { ...settings, STALL_PROBE: probe }, catalogue.users);
  const bytes = readFileSync(probe);
  const probed = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length >> 3);
  return parts.flatMap((part) => rowsOf(`${posts.toLocaleString("en")} posts`, part, probed));
}

/** Serve from the start to some time after the day's work. */
async function run(
  folder: string,
  settings: Record<string, string>,
  users: number,
): Promise<readonly Part[]> {
  const PORT = String(freePort());
  const command = [process.execPath, "--preload", PROBE, MAIN, "serve"];
  const serving = start(command, { ...settings, PORT }, folder);
  lowerPriority(19); // in truth, upstream and those who ask have machines of their own
  const said = async (words: RegExp) => (await serving.said(words), Date.now());
  const startMs = await said(/listening on/);
  const asking = new AbortController();
  const asked = ask(`http://127.0.0.1:${PORT}/feed?username=`, users, asking.signal);
  const syncedMs = await said(/synced \d+ rows/);
  const learnMs = await said(/training on the past/);
  await said(/learnt snapshot/);
  const swapMs = statSync(join(folder, "snapshots/current")).mtimeMs;
  const idleMs = swapMs + AFTER_MS;
  await Bun.sleep(idleMs + IDLE_MS - Date.now());
  asking.abort();
  await asked;
  await serving.stop();
  return [
    { name: "it syncs", fromMs: startMs + WARM_UP_MS, toMs: syncedMs },
    { name: "it encodes", fromMs: syncedMs, toMs: learnMs },
    { name: "it learns", fromMs: learnMs, toMs: swapMs - BEFORE_MS },
    { name: "the snapshot is swapped", fromMs: swapMs - BEFORE_MS, toMs: idleMs },
    { name: "it only serves", fromMs: idleMs, toMs: idleMs + IDLE_MS },
  ];
}

/** Ask for one feed after the other until told to stop. */
async function ask(url: string, users: number, signal: AbortSignal): Promise<void> {
  for (let n = 0; !signal.aborted; n++) {
    await (await fetch(url + username(n % users))).arrayBuffer();
    await Bun.sleep(PAUSE_MS);
  }
}

/** `probed` is what stall-probe.ts writes. */
function rowsOf(size: string, { name, fromMs, toMs }: Part, probed: Float64Array): BenchRow[] {
  const [late, own]: [number[], number[]] = [[], []];
  for (let n = 0; n < probed.length; n += 3) {
    if (probed[n]! < fromMs || probed[n]! >= toMs) continue;
    late.push(probed[n + 1]!);
    own.push(Math.max(0, probed[n + 1]! - probed[n + 2]!));
  }
  if (late.length === 0) return [];
  const at = (times: number[], share: number) =>
    figure([times.toSorted((a, b) => a - b)[Math.floor(share * (times.length - 1))]!], "ms");
  const title = (what: string) => `${size}, stalls while ${name}: ${what}`;
  return [
    withinBudget(title("the longest"), at(late, 1), MOST_MS),
    known(title("the longest, without waiting for a core"), at(own, 1)),
    known(title("one in a thousand"), at(late, 0.999)),
  ];
}

/** Data of upstream: the catalogue with every title another. */
function datasetOf(catalogue: Catalogue): Dataset {
  const data = emptyDataset();
  for (let row = 0; row < catalogue.posts; row++)
    data.posts.push(postRow(Number(postId(row)), { title: `Post ${postId(row)}, told anew` }));
  let id = 0;
  for (let user = 0; user < catalogue.users; user++) {
    data.users.push(userRow(Number(userId(user)), { username: username(user) }));
    for (const { kind, postId, userId, claimedAtMs } of eventsOf(catalogue, user)) {
      const at = upstreamTime(claimedAtMs!);
      const list = kind as SyncedName;
      data[list].push(
        eventRow(list, { id: ++id, postId: Number(postId), userId: Number(userId), at }),
      );
    }
  }
  return data;
}
