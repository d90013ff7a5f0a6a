/** Creators in a browser: who is shown, the list, a creator's page, the inspector's why not; keyboard, phone, dark. */
import { beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { dashboardOfDemo, expectAccessible, expectEveryLook, leavesOut } from "../support/dashboard.ts"; // prettier-ignore
import { isSettled } from "../support/screens.ts";

type Summary = { readonly id: string; readonly impressions: number; readonly posts: number };
/** People of the demo who ask for a feed. */
const PEOPLE = 12;

describe.skipIf(leavesOut)("creators", () => {
  const { open, get } = dashboardOfDemo();
  const json = async <T>(path: string) => (await (await get(path)).json()) as T;
  const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const rows = (page: Page) => card(page, "Creators").locator("tbody tr");
  const listed = async (query = "") => (await json<{ creators: Summary[] }>(`/creators?limit=10${query}`)).creators; // prettier-ignore
  const isThere = async (page: Page) => {
    await rows(page).first().waitFor();
    await isSettled(page);
  };

  beforeAll(async () => {
    for (let n = 0; n < PEOPLE; n++) await get(`/recommendations?user=${101 + n}&limit=20`);
    await json("/creators"); // counted once for all tests
  });

  test("says in words and as a curve how exposure is shared out, with its figures behind", async () => {
    const { page, amiss } = await open("/dashboard/creators");
    await isThere(page);
    const { creators, impressions } = await json<{
      readonly impressions: number;
      readonly creators: { readonly count: number; readonly gini: number };
    }>("/catalogue/health");
    expect(impressions).toBe(20 * PEOPLE);
    const words = await card(page, "Exposure").innerText();
    expect(words).toMatch(RegExp(`most shown creators of ${creators.count} get \\d+ % of all impressions`)); // prettier-ignore
    expect(words).toContain(creators.gini.toFixed(2));
    const lorenz = card(page, "How evenly");
    await lorenz.getByText("Figures").click();
    expect(await lorenz.getByRole("row").last().innerText()).toMatch(/100 %\s+100 %\s+100 %/);
    expect(await lorenz.locator("details tbody tr").count()).toBe(creators.count + 1); // nobody, too
    for (const name of [
      "Exploration",
      "Time to the first 100 impressions",
      "Cold posts",
      "Near-duplicates",
      "Dead categories",
    ])
      // prettier-ignore
      expect(await card(page, name).innerText()).not.toContain("…");
    expect(amiss).toEqual([]);
  });

  test("lists creators, the most shown first; by keyboard they are sorted, searched and turned over", async () => {
    const { page, amiss } = await open("/dashboard/creators");
    await isThere(page);
    const ids = async () => (await rows(page).locator("th").allInnerTexts()).map((it) => it.trim());
    expect(await ids()).toEqual((await listed()).map(({ id }) => id));
    await page.getByRole("button", { name: "Posts", exact: true }).focus();
    await page.keyboard.press("Enter");
    const most = (await listed("&sort=posts"))[0]!;
    await rows(page).first().filter({ hasText: most.id }).waitFor();
    const head = card(page, "Creators").getByRole("columnheader", { name: "Posts", exact: true });
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    await page.keyboard.press("Enter");
    await page.locator("[aria-sort=ascending]").waitFor();
    await page.getByRole("button", { name: "Next" }).focus();
    await page.keyboard.press("Space");
    await card(page, "Creators").getByText("11 to 20 of").waitFor();
    await page.getByLabel("Find a creator").fill("CREATOR-07");
    await rows(page).first().filter({ hasText: "creator-07" }).waitFor();
    expect(await rows(page).count()).toBe(1);
    await rows(page).first().getByRole("link").press("Enter");
    await page.getByRole("heading", { level: 1, name: "creator-07" }).waitFor();
    await page.goBack(); // to what was searched for
    await rows(page).first().filter({ hasText: "creator-07" }).waitFor();
    await page.getByLabel("Find a creator").fill("nobody");
    await page.getByText("No creator is called that.").waitFor();
    expect(amiss).toEqual([]);
  });

  test("a creator's page says what was shown and why, is there after a reload, and leads to the inspector", async () => {
    const { page, amiss } = await open("/dashboard/creators");
    await isThere(page);
    const [{ id, impressions, posts }] = (await listed()) as [Summary];
    await rows(page).first().getByRole("link").click();
    const isCreator = async () => {
      await page.getByRole("heading", { level: 1, name: id }).waitFor();
      await card(page, "Posts").locator("tbody tr").first().waitFor();
      await isSettled(page);
    };
    await isCreator();
    await page.reload();
    await isCreator();
    expect(await card(page, "Exposure").innerText()).toMatch(RegExp(`Impressions\\s+${impressions}`)); // prettier-ignore
    expect(await card(page, "Why shown").innerText()).toMatch(/popular\s+\d+/);
    expect(await card(page, "Why not").innerText()).toMatch(/\d+ posts?\s+no list had it/);
    expect(await page.getByText(`1 to 10 of ${posts}`).isVisible()).toBe(true);
    await page.getByRole("button", { name: "Next" }).click();
    type Items = { readonly items: readonly { readonly id: string; readonly title: string }[] };
    const { items } = await json<Items>(`/creators/${id}?limit=10&offset=10`);
    const { id: post, title } = items.at(-1)!;
    const link = card(page, "Posts").locator(`a[href$="post=${post}"]`).last();
    await link.click();
    await card(page, title)
      .getByText(/rank|source|score|not in the feed/)
      .first()
      .waitFor();
    expect(amiss).toEqual([]);
  });

  test("no longer says that it counts when it could not", async () => {
    const { page } = await open("/dashboard/creators");
    await isThere(page);
    await page.route("**/catalogue/health?*", (route) => route.fulfill({ status: 500, json: {} }));
    await page.reload();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    expect(await page.getByText("Counting what was shown").count()).toBe(0);
  });

  test("says what to do about posts that repeat others, dead categories, and new posts that nobody gets to see", async () => {
    const { page, amiss } = await open("/dashboard/creators");
    await isThere(page);
    const reply = { ...(await json<object>("/catalogue/health")), ...UNWELL };
    await page.route("**/catalogue/health?*", (route) => route.fulfill({ json: reply }));
    await page.reload();
    const of = async (name: string) => (await card(page, name).innerText()).replaceAll(/\s+/g, " ");
    await card(page, "Exploration").getByText("EXPLORE_SHARE=0.05").waitFor();
    expect(await of("Near-duplicates")).toMatch(/1 group 2 posts repeat others.* Rye Rye! and 1 more What to do/); // prettier-ignore
    expect(await of("Dead categories")).toMatch(/1 of 16 .*Chess 4 0 never What to do/);
    const first = await of("Time to the first 100 impressions");
    expect(first).toMatch(/1 of 4 new posts has had 100; .* A quarter have had them within 2 days; .* What to do If people have asked for feeds all along, raise EXPLORE_SHARE/); // prettier-ignore
    const href = (name: string) => page.getByRole("link", { name, exact: true }).getAttribute("href"); // prettier-ignore
    expect(await href("Chess")).toBe("/dashboard/feeds?category=Chess");
    expect(await href("Rye!")).toBe("/dashboard/feeds?post=r2");
    await expectAccessible(page);
    expect(amiss).toEqual([]);
  });

  test("a creator of whom there is no post is told of", async () => {
    const { page } = await open("/dashboard/creators/50%25%20no%2Fbody");
    await page.getByText("no post is by the creator 50% no/body").waitFor();
    await page.getByRole("link", { name: "All creators" }).click();
    await isThere(page);
  });

  test("both are accessible in light and dark, fit a phone, with no error in the console", async () => {
    const isThere = (page: Page) => page.locator("tbody tr").first().waitFor();
    for (const path of ["/dashboard/creators", "/dashboard/creators/creator-07"])
      await expectEveryLook(open, path, isThere);
  });
});

/** Health of a catalogue with everything amiss. */
const UNWELL = {
  exploration: null,
  first_impressions: {
    ...{ impressions: 100, posts: 4, reached: 1, longest_hours: 90 },
    ...{ quarter_hours: 50, median_hours: null, curve: [{ hours: 50, share: 0.25 }] },
  },
  duplicates: {
    ...{ groups: 1, repeats: 2 },
    largest: [
      {
        size: 3,
        posts: [
          { id: "r1", title: "Rye" },
          { id: "r2", title: "Rye!" },
        ],
      },
    ],
  },
  categories: {
    count: 16,
    dead: [{ name: "Chess", posts: 4, impressions: 0, last_event: null }],
  },
};
