/** The dashboard's screens as its navigation lists them, and the moment one has loaded. */
import type { Browser, Locator, Page } from "playwright-core";

/** A screen of the navigation. */
export type ListedScreen = { readonly name: string; readonly path: string };

/** The screens of the service at `url`, in the order of the navigation. */
export async function screensOf(browser: Browser, url: string): Promise<ListedScreen[]> {
  const page = await browser.newPage();
  await page.goto(new URL("/dashboard", url).href);
  await page.locator("nav a[aria-current=page]").waitFor();
  const screens = await page
    .locator("nav li a")
    .evaluateAll((links) =>
      links.map((it) => ({ name: it.textContent!.trim(), path: it.getAttribute("href")! })),
    );
  await page.close();
  return screens;
}

/** Resolves when the page has its heading, nothing on it is loading, and it draws frames. */
export async function isSettled(page: Page): Promise<void> {
  await page.locator("main h1").waitFor();
  await page.waitForFunction(() => document.querySelector("main [aria-busy=true]") === null);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => drawn(undefined))));
}

/**
 * Starts to note each state of an element: its text, and the buttons that are off. For states that may pass before
 * somebody who waits for them looks.
 *
 * @returns  Reader of the states so far.
 */
export async function statesOf(element: Locator): Promise<() => Promise<readonly string[]>> {
  const noted = await element.evaluateHandle((watched: HTMLElement) => {
    const states: string[] = [];
    const note = () => {
      const off = [...watched.querySelectorAll("button:disabled")].map((it) => it.textContent);
      states.push(`${watched.innerText}${off.length > 0 ? `\noff: ${off.join(", ")}` : ""}`);
    };
    const options = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(note).observe(watched, options);
    return states;
  });
  return () => noted.jsonValue();
}
