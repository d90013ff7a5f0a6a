/** The Chromium of this machine, for tests that look at a page. */
import { chromium, type Browser, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Path of the browser; `undefined` if there is none. */
export function chromiumPath(): string | undefined {
  const { PATH = "" } = process.env;
  const folders = `${PATH}:/usr/bin:/usr/local/bin:/snap/bin:/opt/google/chrome`;
  return (
    NAMES.map((name) => Bun.which(name, { PATH: folders })).find((it) => it !== null) ?? undefined
  );
}

/** Start it without a window and without talking to its maker. */
export function startChromium(executablePath: string): Promise<Browser> {
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return chromium.launch({ executablePath, args });
}

/** Faults of a page from now on: requests to elsewhere, failed ones, errors, complaints. */
export async function watched(page: Page): Promise<readonly string[]> {
  const amiss: string[] = [];
  page.on("pageerror", (error) => amiss.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // The page itself gives up what it no longer needs, as when it is left.
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") amiss.push(`failed: ${request.url()}: ${why}`);
  });
  page.on("console", (it) => it.type() === "error" && amiss.push(`console: ${it.text()}`));
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (new URL(url).hostname === "127.0.0.1") return route.continue();
    amiss.push(`asked elsewhere: ${url}`);
    return route.abort();
  });
  return amiss;
}
