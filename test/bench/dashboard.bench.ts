/**
 * Screens of the dashboard on a store of 10,000 posts, while 50 feeds a second are answered: from the request for
 * the page until nothing on it is loading any more. The browser runs on the same cores as the service.
 */
import type { Browser } from "playwright-core";
import { chromiumPath, startChromium } from "../support/chromium.ts";
import { temporaryFolder } from "../support/folder.ts";
import { isSettled, screensOf } from "../support/screens.ts";
import { generatedCatalogue } from "./catalogue.ts";
import { load } from "./load.ts";
import { figure, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";
import { serve } from "./serving.ts";
import { askAll, fillToServe, firstPages } from "./world.ts";

const FEEDS_A_SECOND = 50;
const PEOPLE = 2_000;
/** Most that a person waits for a screen, milliseconds. */
const WANTED_MS = 1_000;

export async function rows({ quick, full }: BenchOptions): Promise<BenchRow[]> {
  const path = chromiumPath();
  if (path === undefined) return [];
  const browser = await startChromium(path);
  try {
    const found: BenchRow[] = [];
    for (const posts of full ? [10_000, 100_000] : [10_000])
      found.push(...(await rowsOf(posts, quick ? 3 : 7, browser)));
    return found;
  } finally {
    await browser.close();
  }
}

async function rowsOf(posts: number, times: number, browser: Browser): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  const catalogue = generatedCatalogue(posts, PEOPLE, 50);
  await fillToServe(folder.path, catalogue);
  const paths = firstPages(catalogue);
  using serving = await serve(folder.path, paths[0]!);
  await askAll(serving, paths);
  const screens = await screensOf(browser, serving.url);
  const seconds = 3 + screens.length * times * 2;
  const beside = load({ url: serving.url, paths, connections: 4, rate: FEEDS_A_SECOND, seconds });
  const found: BenchRow[] = [];
  for (const { name, path } of screens) {
    const tookMs: number[] = [];
    for (let n = 0; n < times; n++) {
      const page = await browser.newPage();
      const start = performance.now();
      await page.goto(serving.url + path, { waitUntil: "commit" });
      await isSettled(page);
      tookMs.push(performance.now() - start);
      await page.close();
    }
    found.push(withinBudget(`${name}, ${posts} posts, ${FEEDS_A_SECOND} feeds/s beside`, figure(tookMs, "ms"), WANTED_MS)); // prettier-ignore
  }
  const { p99Ms } = await beside;
  return [...found, withinBudget(`a feed beside the screens: p99`, figure([p99Ms], "ms"), 100)];
}
