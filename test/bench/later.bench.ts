/**
 * Posts that are pushed to a running service, from the reply of `POST /posts` to the first feed that has them, and
 * feeds beside 1,000 events a second. Nothing is learnt meanwhile; texts are encoded in this process, as the holder of
 * the lease does.
 */
import { join } from "node:path";
import { openStore } from "../../src/data/sqlite/open.ts";
import { backfill } from "../../src/text/backfill.ts";
import { openEncoder } from "../../src/text/sbert.ts";
import { temporaryFolder } from "../support/folder.ts";
import { generatedCatalogue } from "./catalogue.ts";
import { load } from "./load.ts";
import { compare, figure, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";
import { serve, type Serving } from "./serving.ts";
import { askAll, fillToServe, firstPages } from "./world.ts";

/** Time between two looks for new texts, as in `src/app/learning.ts`, and between two requests for a feed. */
const TICK_MS = 500;
const ASK_MS = 10;
/** Seconds until a post may be in feeds. */
const WANTED_S = 5;
/** Most that 1,000 events a second may slow a feed. */
const SLOWER_MAX = 1.5;
const CONNECTIONS = 4;
/** People whose feeds are asked for. */
const PEOPLE = 2_000;

export async function rows({ quick, full }: BenchOptions): Promise<BenchRow[]> {
  const sizes = quick ? [1_000] : full ? [1_000, 10_000, 100_000] : [1_000, 10_000];
  const found: BenchRow[] = [];
  for (const posts of sizes) found.push(...(await rowsOf(posts, quick)));
  return found;
}

async function rowsOf(posts: number, quick: boolean): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  const encoder = await openEncoder({
    model: "all-MiniLM-L6-v2",
    threads: 1,
    modelsFolder: join(folder.path, "models"),
  });
  const catalogue = generatedCatalogue(posts, PEOPLE, 50);
  await fillToServe(folder.path, catalogue, encoder.model);
  const paths = firstPages(catalogue);
  using serving = await serve(folder.path, paths[0]!);
  using store = openStore(join(folder.path, "store.db"));
  await backfill(store, encoder, [], () => {});
  let isOver = false;
  const encoding = (async () => {
    for (; !isOver; await Bun.sleep(TICK_MS))
      if ((await store.texts.postsToHash(1)).length > 0)
        await backfill(store, encoder, [], () => {});
  })();
  await askAll(serving, paths);
  const tries = Array.from({ length: quick ? 3 : 7 }, (_, n) => n);
  const times: { readonly inFeed: number; readonly byText: number }[] = [];
  for (const n of tries) times.push(await pushed(serving, n));
  isOver = true;
  await encoding;
  const { url } = serving;
  const feeds = () => load({ url, paths, connections: CONNECTIONS, seconds: quick ? 3 : 10 });
  const alone = await feeds();
  const events = { url, events: 10, stored: posts, connections: 4, rate: 100 };
  const [beside] = await Promise.all([feeds(), load({ ...events, seconds: quick ? 3 : 10 })]);
  const after = await feeds();
  const of = `of ${posts} posts`;
  const slower = (name: string, ms: number, aloneMs: number) =>
    compare(name, { reach: SLOWER_MAX, go: 1 }, figure([ms], "ms"), figure([aloneMs], "ms", "alone")); // prettier-ignore
  return [
    withinBudget(`${of}: in its category's feed`, figure(times.map((it) => it.inFeed), "s"), WANTED_S), // prettier-ignore
    withinBudget(
      `${of}: found by its text`,
      figure(
        times.map((it) => it.byText),
        "s",
      ),
      WANTED_S,
    ),
    slower(`${of}: a feed beside 1,000 events/s: p50`, beside.p50Ms, alone.p50Ms),
    slower(`${of}: a feed beside 1,000 events/s: p99`, beside.p99Ms, alone.p99Ms),
    slower(`${of}: a feed after them: p99`, after.p99Ms, alone.p99Ms),
  ];
}

/** Pushes a post; seconds until a feed of its category has it, and until it has similar ones. */
async function pushed({ url }: Serving, n: number) {
  const post = {
    id: `late-${n}`,
    title: `A walk along the ${n}th canal at dawn`,
    category: `late ${n}`,
  };
  const reply = await fetch(`${url}/posts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ posts: [post] }),
  });
  if (reply.status !== 202) throw new Error(`POST /posts answers ${reply.status}`);
  const start = performance.now();
  const until = async (path: string, isThere: (body: string) => boolean) => {
    for (; ; await Bun.sleep(ASK_MS)) {
      const got = await fetch(url + path);
      if (got.status === 200 && isThere(await got.text()))
        return (performance.now() - start) / 1_000;
    }
  };
  const inFeed = await until(`/recommendations?user=${n}&category=late%20${n}`, (it) =>
    it.includes(post.id),
  );
  const byText = await until(`/posts/${post.id}/similar`, (it) => it.includes("similarity"));
  return { inFeed, byText };
}
