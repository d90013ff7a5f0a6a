/**
 * `/feed` beside a bare Elysia route that returns the same bytes: one process each, the same load
 * over loopback, 20 posts a page, MovieLens-1M's size (3,416 posts, 6,040 users; its histories where
 * they are on this machine). Page 1 is ranked afresh every time: a list is never reused, a person
 * who has not changed since is not folded in again. Next pages go on in lists that are kept.
 *
 * Then what ranking alone takes, of people who are folded in already, at 3,416, 10,000 and 100,000
 * generated posts and with `--full` at a million: it is to grow no faster than the catalogue. What a
 * request takes over HTTP at these sizes is in scale.bench.ts.
 */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { join } from "node:path";
import { indexWriter, openNearest } from "../../src/index/open.ts";
import { openRanker } from "../../src/ranking/feed.ts";
import { personOf } from "../../src/models/person.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { temporaryFolder } from "../support/folder.ts";
import { generatedHistory, generatedLengths, generatedModel } from "../support/generated.ts";
import { movielensCatalogue } from "./catalogue.ts";
import { load } from "./load.ts";
import { beside, compare, figure, interleaved, known, type BenchOptions, type BenchRow } from "./row.ts"; // prettier-ignore
import { freePort } from "../support/program.ts";
import { serve, started, type Serving } from "./serving.ts";
import { askAll, fillToServe, firstPages } from "./world.ts";

const CONNECTIONS = 32;
/** People whose ranking alone is measured, each several times. */
const PEOPLE = 300;
const [TURNS, WARM_UP] = [6, 2];
/** Lists that are gone on in: fewer than are kept. */
const LISTS = 1_000;
/** Larger catalogues, whose ranking alone is measured. */
const SIZES = [10_000, 100_000, 1_000_000];
const AVERAGE = 165;

export async function rows({ quick, full }: BenchOptions): Promise<BenchRow[]> {
  const done = await besideBareRoute(quick);
  for (const posts of SIZES.slice(0, quick ? 0 : full ? 3 : 2))
    done.push(...rankingAlone(`${posts / 1_000}k posts`, generatedModel(posts, 1)));
  return done;
}

/** Requests a second as a share of what the bare route answers. */
async function besideBareRoute(quick: boolean): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  const catalogue = await movielensCatalogue();
  await fillToServe(folder.path, catalogue);
  const paths = firstPages(catalogue);
  using ours = await serve(folder.path, paths[0]!);
  using bare = await startBare(folder.path, `${ours.url}${paths[0]}`);
  const [times, seconds] = quick ? [3, 2] : [7, 5];
  const rate = (it: Serving, asked: readonly string[], connections: number) => async () =>
    (await load({ url: it.url, paths: asked, connections, seconds })).perSecond;
  await askAll(ours, paths);
  const done: BenchRow[] = [];
  for (const [what, connections, target] of [
    ["fresh", CONNECTIONS, { reach: 0.1, go: 0.25 }],
    ["fresh", 1, undefined],
    ["next pages", CONNECTIONS, { reach: 0.5, go: 0.8 }],
  ] as const) {
    if (quick && target === undefined) continue;
    const asked = what === "fresh" ? paths : await nextPaths(ours, paths);
    const one = rate(ours, asked, connections);
    const runs = await interleaved(times, one, rate(bare, ["/feed"], connections));
    const [us, them] = [figure(runs.ours, "/s"), figure(runs.theirs, "/s", "bare Elysia route")];
    const name = `/feed, ${catalogue.name}, ${what}, ${connections} connections`;
    done.push(target ? compare(name, target, us, them) : beside(name, us, them));
  }
  return [...done, ...rankingAlone(catalogue.name, generatedModel(catalogue.posts, 1))];
}

/** Milliseconds of ranking a thousand posts for people who are known already: a run a turn. */
function rankingAlone(name: string, model: Model): BenchRow[] {
  using folder = temporaryFolder();
  const { embeddings, info } = model;
  const d = info.encoder!.dimension;
  const path = join(folder.path, "index");
  const writeIndex = indexWriter(embeddings, d);
  writeIndex?.(path);
  const nearest = atOnce(openNearest(embeddings, d, writeIndex && path));
  const { rank, rowOf } = atOnce(openRanker(model, nearest));
  const people = generatedLengths(PEOPLE, 1, AVERAGE).map((length, n) =>
    personOf(model, rowOf, generatedHistory(model, length, n)),
  );
  const [p50, p99]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    const times = people.map((person) => {
      const start = performance.now();
      rank({ person, categoryMask: undefined, mood: undefined, limit: 1_000 });
      return performance.now() - start;
    });
    if (turn < WARM_UP) continue;
    times.sort((a, b) => a - b);
    p50.push(times[Math.floor(0.5 * times.length)]!);
    p99.push(times[Math.floor(0.99 * times.length)]!);
  }
  const of = `ranking alone, ${name}`;
  return [known(`${of}: p50`, figure(p50, "ms")), known(`${of}: p99`, figure(p99, "ms"))];
}

/** The second pages of some people's feeds. */
async function nextPaths({ url }: Serving, paths: readonly string[]): Promise<string[]> {
  const next: string[] = [];
  for (const path of paths.slice(0, LISTS)) {
    const reply = (await (await fetch(url + path)).json()) as { next: string };
    next.push(reply.next);
  }
  return next;
}

/** The bare route, returning what `url` returns. */
async function startBare(folder: string, url: string): Promise<Serving> {
  const path = join(folder, "page.json");
  await Bun.write(path, await (await fetch(url)).bytes());
  const port = freePort();
  const cmd = [process.execPath, join(import.meta.dir, "bare-route.ts"), `${port}`, path];
  return started(cmd, process.env, `http://127.0.0.1:${port}`, "/feed");
}
