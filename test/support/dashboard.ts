/** The dashboard of a running demo in a browser, for tests that walk its screens. */
import { afterAll, beforeAll, expect, setDefaultTimeout } from "bun:test";
import { join, resolve } from "node:path";
import { source as axe } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { chromiumPath, startChromium, watched } from "./chromium.ts";
import { NO_DAILY_RUN } from "./day.ts";
import { MOVIELENS_FOLDER } from "./movielens.ts";
import { leaveOut } from "./needs.ts";
import { isIdle, openYard, start, startServe, until, type Home, type Serving } from "./program.ts";
import { tinyModel } from "./served.ts";

const path = chromiumPath();
const MAIN = resolve(import.meta.dir, "../../src/main.ts");
const DESKTOP = { width: 1280, height: 900 };
/** Longest start, milliseconds: a machine may be busy. */
const START_MS = 900_000;
/** Longest test, milliseconds. */
const TEST_MS = 300_000;
/** Longest wait for something on a page, milliseconds. */
const WAIT_MS = 120_000;
/** Words of a learning from all of the demo's texts. */
const DEMO_LEARNT = /learnt snapshot .* 594 of them understood by their text/;

/** True if these tests are left out, where there is no browser. */
export const leavesOut = leaveOut(
  "the dashboard's tests",
  path ? undefined : "no Chromium was found (apt-get install chromium)",
);

/** A page, and what has gone wrong on it: errors, complaints, requests to elsewhere. */
export type Walk = { readonly page: Page; readonly amiss: readonly string[] };

type Runs = {
  readonly runs: readonly { readonly id: number; readonly words: string }[];
  readonly refusals: { readonly learn: string | null };
};

/** Data to show: the demo, or ml-latest-small in a catalogue of one's own. */
export type Filled = "demo" | "movielens";

/** Starts a demo, which has nothing left to learn when the tests begin, and a browser for a test file. */
export const dashboardOfDemo = () => dashboardOf("demo");

/** Starts a service with some data, and a browser, for the tests of a block. */
export function dashboardOf(filled: Filled) {
  setDefaultTimeout(TEST_MS);
  const yard = openYard();
  let browser: Browser;
  let service: Serving;
  beforeAll(async () => {
    const home = yard.home(filled);
    if (filled === "movielens") await importMovielens(home);
    const tiny = { CATALOGUE: "demo", ENCODER_MODEL: await tinyModel(join(yard.root, "tiny")) };
    const settings = filled === "demo" ? tiny : { CATALOGUE: "own" };
    [service, browser] = await Promise.all([
      startServe([process.execPath, MAIN], home, {
        ...settings,
        ...NO_DAILY_RUN,
        ENCODER_THREADS: "1",
      }),
      startChromium(path!),
    ]);
    await service.said(filled === "demo" ? DEMO_LEARNT : /learnt snapshot/);
    await until(async () => (await service.get("/health/ready")).ok || undefined);
    if (filled === "demo") await isIdle(service);
  }, START_MS);
  afterAll(async () => {
    await browser.close();
    await service.stop();
    yard[Symbol.dispose]();
  });
  return {
    get: (...request: Parameters<Serving["get"]>) => service.get(...request),
    /** Resolves to the newest learning once one has read the texts of all posts of the demo, and nothing else is under way. */
    isLearnt: () =>
      until(async () => {
        const { runs, refusals } = (await (await service.get("/runs?kind=learn")).json()) as Runs;
        const isFull = runs.some(({ words }) => DEMO_LEARNT.test(words));
        return isFull && refusals.learn === null ? runs[0]! : undefined;
      }),
    /** Opens a screen. */
    open: async (screen: string, options: BrowserContextOptions = {}): Promise<Walk> => {
      const page = await browser.newPage({ viewport: DESKTOP, ...options });
      page.setDefaultTimeout(WAIT_MS);
      const amiss = await watched(page);
      await page.goto(new URL(screen, (await service.get("/health")).url).href);
      await page.locator("h1").first().waitFor();
      return { page, amiss };
    },
  };
}

async function importMovielens({ work, ...home }: Home): Promise<void> {
  for (const [kind, file] of [
    ["posts", "movies.csv"],
    ["events", "ratings.csv"],
  ] as const) {
    const path = resolve(join(MOVIELENS_FOLDER, file));
    const cmd = [process.execPath, MAIN, "import", kind, path, "--preset", "movielens"];
    const { exitCode, lines } = start(cmd, { ...home, CATALOGUE: "own" }, work);
    if ((await exitCode) !== 0) throw new Error(lines.join("\n"));
  }
}

/** Expects that axe finds nothing serious or critical on the page. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe); // a script element is forbidden by the page's policy
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: AxeRun }).axe.run();
    return violations.filter((it) => ["serious", "critical"].includes(it.impact ?? ""));
  });
  expect(found.map(({ id, nodes }) => `${id}: ${nodes.map((it) => it.html).join(" ")}`)).toEqual(
    [],
  );
}

type Violation = {
  readonly id: string;
  readonly impact?: string;
  readonly nodes: readonly { readonly html: string }[];
};
type AxeRun = { readonly run: () => Promise<{ readonly violations: readonly Violation[] }> };

/** Expects that nothing is wider than the page. */
export async function expectNoSideways(page: Page): Promise<void> {
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
}

/** A phone. */
export const PHONE = { viewport: { width: 390, height: 844 } };
const LOOKS: readonly BrowserContextOptions[] = [{}, { colorScheme: "dark" }, PHONE];

/** Expects of a screen in light, in the dark and on a phone: accessible, no wider than the page, nothing to complain of. */
export async function expectEveryLook(
  open: ReturnType<typeof dashboardOf>["open"],
  path: string,
  isThere: (page: Page) => Promise<unknown>,
): Promise<void> {
  for (const options of LOOKS) {
    const { page, amiss } = await open(path, options);
    await isThere(page);
    await expectAccessible(page);
    await expectNoSideways(page);
    expect(amiss).toEqual([]);
    await page.close();
  }
}

/** Time in which a browser tells of the shifts before, milliseconds. */
const TOLD_MS = 200;

/** Cumulative layout shift of the page so far. */
export const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(async (toldMs) => {
    let sum = 0;
    const add = (list: PerformanceObserverEntryList) =>
      list.getEntries().forEach((it) => (sum += (it as unknown as { value: number }).value));
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    await new Promise((resolve) => setTimeout(resolve, toldMs)); // it says nothing where there were none
    return sum;
  }, TOLD_MS);
