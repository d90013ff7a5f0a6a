/** Every screen of the dashboard, on the demo and on MovieLens: loads, complains of nothing, is reached by keyboard, in dark and on a phone. */
import { describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { dashboardOf, expectAccessible, expectNoSideways, leavesOut, PHONE, shiftOf, type Filled } from "../support/dashboard.ts"; // prettier-ignore
import { movielensAbsence } from "../support/movielens.ts";
import { isSettled } from "../support/screens.ts";

/** Largest cumulative layout shift of a good page, as web.dev/cls has it. */
const SHIFT_MOST = 0.1;

describe.skipIf(leavesOut)("every screen on the demo", () => walks("demo"));
const absence = movielensAbsence();
if (absence !== undefined) console.log(absence);
describe.skipIf(leavesOut || absence !== undefined)("every screen on MovieLens", () =>
  walks("movielens"),
);

function walks(what: Filled) {
  const { open } = dashboardOf(what);
  const links = (page: Page) => page.locator("nav li a");

  test("is reached by keyboard alone, and has nothing to complain of", async () => {
    const { page, amiss } = await open("/dashboard");
    const count = await links(page).count();
    for (let n = 0; n < count; n++) {
      await links(page).nth(n).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(`**${await links(page).nth(n).getAttribute("href")}`);
      const name = (await links(page).nth(n).innerText()).trim();
      await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
      await isSettled(page);
      await expectAccessible(page);
      expect(await page.locator("main [role=alert]").allInnerTexts()).toEqual([]);
    }
    expect(amiss).toEqual([]);
  });

  test("in the dark and on a phone it is as wide as the page, and nothing moves while it loads", async () => {
    const moved: string[] = [];
    for (const options of [{ colorScheme: "dark" as const }, PHONE]) {
      const { page, amiss } = await open("/dashboard", options);
      for (const path of await links(page).evaluateAll((all) =>
        all.map((it) => it.getAttribute("href")!),
      )) {
        // prettier-ignore
        await page.goto(new URL(path, page.url()).href);
        await isSettled(page);
        await expectNoSideways(page);
        await expectAccessible(page);
        const shift = await shiftOf(page);
        if (shift >= SHIFT_MOST) moved.push(`${path}: ${shift.toFixed(2)}`);
      }
      expect(amiss).toEqual([]);
      await page.close();
    }
    expect(moved).toEqual([]);
  });
}
