/**
 * The catalogue map: made for the first time and again, and drawn while somebody drags it.
 *
 * `pause` is the longest work between two turns of the event loop, for which feeds wait: processor time. Frames are
 * those of a browser without a graphics card, on the same cores: from one to the next.
 */
import type { Browser } from "playwright-core";
import { openStore } from "../../src/data/sqlite/open.ts";
import type { LoggedPage } from "../../src/data/served-log.ts";
import { mapReader, type CatalogueMap } from "../../src/feed/map/catalogue-map.ts";
import type { ServedSnapshot } from "../../src/feed/snapshot-registry.ts";
import { mapText } from "../../src/http/render-map.ts";
import { listen } from "../../src/http/listen.ts";
import { inSlices } from "../../src/runtime/time-slicing.ts";
import { chromiumPath, startChromium } from "../support/chromium.ts";
import { serving } from "../support/http.ts";
import { somePost } from "../support/records.ts";
import { fakeService } from "../support/service.ts";
import { textLikeVectors } from "../support/vectors.ts";
import { figure, known, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";
import { watched } from "./shown-week.ts";

const D = 384;
const CATEGORIES = 30;
const DAY_MS = 86_400_000;
/** Limits: somebody's wait, the longest pause of a feed, and the frame with which a drag still feels smooth. */
const WANTED = { seconds: 3, pauseMs: 15, frameMs: 34 };
/** Steps of a drag. */
const STEPS = 60;

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  const path = chromiumPath();
  const browser = path === undefined ? undefined : await startChromium(path);
  try {
    const found: BenchRow[] = [];
    for (const posts of quick ? [10_000] : [10_000, 100_000])
      found.push(...(await rowsOf(posts, browser)));
    return found;
  } finally {
    await browser?.close();
  }
}

async function rowsOf(posts: number, browser: Browser | undefined): Promise<BenchRow[]> {
  const name = `map of ${posts} posts`;
  using store = openStore(":memory:");
  await store.posts.record(Array.from({ length: posts }, (_, n) => somePost(n + 1)), 1); // prettier-ignore
  const snapshot = snapshotOf(posts);
  const registry = { current: () => snapshot };
  const pages = shownOnce(posts);
  const after = async (seq: number, count: number) => pages.slice(seq, seq + count);
  const servedLog = () => ({ after, erasures: async () => 0 });
  let nowMs = 0;
  const read = mapReader({ registry, ids: store.ids, servedLog, nowMs: () => (nowMs += DAY_MS) });
  const first = await watched(read);
  const again = await watched(read);
  const sent = await watched(() => inSlices(mapText(first.result!)));
  const pauseMs = Math.max(first.pauseMs, again.pauseMs, sent.pauseMs);
  const megabytes = (bytes: number) => figure([bytes / 1e6], "MB");
  return [
    withinBudget(`${name}: the first`, figure([first.seconds], "s"), WANTED.seconds),
    withinBudget(`${name}: a later one`, figure([again.seconds], "s"), WANTED.seconds),
    withinBudget(`${name}: longest pause`, figure([pauseMs], "ms"), WANTED.pauseMs),
    known(`${name}: as JSON`, megabytes(sent.result.length)),
    known(`${name}: zipped`, megabytes(Bun.gzipSync(sent.result).length)),
    ...(browser ? await frames(name, first.result!, browser) : []),
  ];
}

/** Pages of 100 posts, on which every post was shown once. */
const shownOnce = (posts: number) =>
  Array.from({ length: posts / 100 }, (_, page) => ({
    ...{ seq: page + 1, atMs: page },
    slots: Array.from({ length: 100 }, (_, n) => ({ post: page * 100 + n + 1 })),
  })) as unknown as readonly LoggedPage[];

/** A snapshot with what a map reads. */
function snapshotOf(posts: number): ServedSnapshot {
  const model = {
    postKeys: Float64Array.from({ length: posts }, (_, row) => row + 1),
    flags: new Uint8Array(posts),
    expiresAtMs: new Float64Array(posts),
    categoryRows: Int32Array.from({ length: posts }, (_, row) => (row * 7) % CATEGORIES),
    createdAtMs: Float64Array.from({ length: posts }, (_, row) => Date.now() - (row % 900) * DAY_MS), // prettier-ignore
    embeddings: textLikeVectors(posts, D, 1),
    info: {
      encoder: { model: "some", dimension: D },
      categories: Array.from({ length: CATEGORIES }, (_, n) => ({ name: `Category ${n}` })),
    },
  };
  return { id: `s${posts}`, ranker: { model } } as unknown as ServedSnapshot;
}

/** Time from one frame to the next while the map is dragged, and until all points are drawn once it rests. */
async function frames(name: string, map: CatalogueMap, browser: Browser): Promise<BenchRow[]> {
  const { server } = serving({ ...fakeService(), map: async () => map });
  const served = listen(server, { hostname: "127.0.0.1", port: 0 });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    const startMs = performance.now();
    await page.goto(`http://127.0.0.1:${served.port}/dashboard/map`);
    await page.getByRole("application", { name: /^Map of [1-9]/ }).waitFor();
    const loadedMs = performance.now() - startMs;
    const box = (await page.locator("canvas").boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.waitForTimeout(1_000);
    await page.evaluate(RECORD);
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let n = 1; n <= STEPS; n++) await page.mouse.move(x + 2 * n, y + n);
    const dragged = await page.evaluate<number[]>("frames.slice(2)");
    await page.evaluate("frames.length = 0");
    await page.mouse.up();
    await page.waitForTimeout(1_500);
    const rested = await page.evaluate<number[]>("frames");
    const [median] = [dragged.toSorted((a, b) => a - b)[dragged.length >> 1]!];
    const slow = dragged.toSorted((a, b) => a - b)[Math.floor(0.95 * dragged.length)]!;
    return [
      known(`${name}: screen opened`, figure([loadedMs], "ms")),
      withinBudget(`${name}: a frame of a drag, median`, figure([median], "ms"), WANTED.frameMs),
      known(`${name}: a frame of a drag, 95 %`, figure([slow], "ms")),
      known(`${name}: longest frame once it rests`, figure([Math.max(...rested)], "ms")),
    ];
  } finally {
    await page.close();
    void served.stop(true);
  }
}

/** Records the time between frames in the page. */
const RECORD = `
  var frames = [], last = performance.now();
  (function tick(now) { frames.push(now - last); last = now; requestAnimationFrame(tick); })(last)`;
