/** The feed inspector in a browser: search, reasons, an event that changes the list, why not, keyboard, phone, dark. */
import { describe, expect, test } from "bun:test";
import { dashboardOfDemo, expectAccessible, expectEveryLook, leavesOut } from "../support/dashboard.ts"; // prettier-ignore

/** Requests for names by ids, and for the glossary. */
const NAMES_AND_MEANINGS = /\/(users\?id=|glossary$)/;

describe.skipIf(leavesOut)("the feed inspector", () => {
  const { open, get } = dashboardOfDemo();
  const FEEDS = "/dashboard/feeds?user=103";

  test("finds a person as one types, by keyboard alone, and shows the feed that /recommendations gives", async () => {
    const { page, amiss } = await open("/dashboard/feeds");
    await page.getByRole("combobox", { name: "Person" }).fill("study-o");
    await page.getByRole("option", { name: /study-owl/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/user=104/);
    await page
      .locator(".phone .tile")
      .getByText(/Study & focus/)
      .first()
      .waitFor();
    const { items } = (await (await get("/recommendations?user=104&limit=20")).json()) as { items: unknown[] }; // prettier-ignore
    expect(await page.locator(".phone .tile").count()).toBe(items.length);
    expect(amiss).toEqual([]);
  });

  test("offers people who were here last by name, before anything is typed", async () => {
    await get("/recommendations?user=104");
    const { page, amiss } = await open("/dashboard/feeds");
    await page.getByRole("button", { name: "study-owl 104" }).waitFor();
    await page.getByRole("combobox", { name: "Person" }).focus();
    await page.getByRole("option", { name: "study-owl" }).click();
    await page.waitForURL(/user=104/);
    await page.locator(".phone header", { hasText: "study-owl 104" }).waitFor();
    expect(amiss).toEqual([]);
  }, 60_000);

  test("reads names and meanings again after it could not", async () => {
    await get("/recommendations?user=104");
    const { page } = await open("/dashboard");
    await page.route(NAMES_AND_MEANINGS, (it) => it.abort());
    await page.goto(new URL("/dashboard/feeds", page.url()).href);
    const header = page.locator(".phone header strong");
    await page.getByRole("button", { name: "study-owl 104" }).click();
    await header.filter({ hasText: /^104$/ }).waitFor();
    await page.locator(".phone .tile").first().click();
    await page.locator(".terms-list").getByText("collaborative").waitFor();
    await page.unroute(NAMES_AND_MEANINGS);
    await page.getByRole("link", { name: "Feed inspector" }).click();
    await page.getByRole("button", { name: "study-owl 104" }).click();
    await header.filter({ hasText: "study-owl 104" }).waitFor();
    await page.locator(".phone .tile").first().click();
    await page.locator(".terms-list").getByRole("button", { name: "collaborative" }).waitFor();
  });

  test("reads names and meanings again after a login", async () => {
    const { page } = await open("/dashboard");
    await page.route(NAMES_AND_MEANINGS, (it) => it.fulfill({ status: 401, json: {} }));
    await page.route("**/dashboard/session", (it) => it.fulfill({ status: 204 }));
    await page.goto(new URL(FEEDS, page.url()).href);
    await page.locator("dialog input").fill("a key");
    await page.unroute(NAMES_AND_MEANINGS);
    await page.keyboard.press("Enter");
    await page.locator(".phone header strong", { hasText: "maya-runs 103" }).waitFor();
    await page.locator(".phone .tile").first().click();
    await page.locator(".terms-list").getByRole("button", { name: "collaborative" }).waitFor();
  });

  test("explains a term where it stands, by keyboard alone", async () => {
    const { page, amiss } = await open(FEEDS);
    await page.locator(".phone .tile").first().click();
    await page.locator(".terms-list").getByRole("button", { name: "collaborative" }).focus();
    await page.keyboard.press("Enter");
    const meaning = page.getByRole("note").filter({ hasText: "collaborative Taste:" });
    await meaning.first().waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await meaning.first().waitFor({ state: "hidden" });
    expect(amiss).toEqual([]);
  }, 60_000);

  test("says why a post is there, and a hidden post leaves the list at once", async () => {
    const { page, amiss } = await open(FEEDS);
    const first = page.locator(".phone .tile").first();
    await first.locator(".tile-title", { hasText: /[a-z]/ }).waitFor(); // at first it has the id
    const title = await first.locator(".tile-title").innerText();
    await first.click();
    await page.getByText(/It is at rank 1 of/).waitFor();
    expect(await page.locator(".terms-list li").count()).toBeGreaterThan(2);
    await page.getByRole("button", { name: "Hide" }).click();
    await page.getByText("Hidden. The feed is ranked again.").waitFor();
    await page.locator('.phone .tile[aria-pressed="true"]').waitFor({ state: "detached" });
    // It is the newest of their history, too.
    const newest = page.getByRole("list", { name: "What they did" }).locator("li").first();
    await newest.getByText(/^hide: \d+ (s|min) ago$/).waitFor();
    expect(await newest.innerText()).toContain(title);
    await page
      .getByText(/you have seen it|you did not like it|hid/)
      .first()
      .waitFor();
    expect(amiss).toEqual([]);
  });

  test("answers why not for any post", async () => {
    const { page, amiss } = await open(FEEDS);
    await page.getByRole("combobox", { name: "Any post" }).fill("library");
    await page.getByRole("listbox", { name: "Any post" }).getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page
      .getByText(/rank \d+ of|not in|no source/i)
      .first()
      .waitFor();
    expect(amiss).toEqual([]);
  });

  test("is accessible in light and dark, and fits a phone", async () => {
    await expectEveryLook(open, FEEDS, async (page) => {
      await page.locator(".phone .tile").first().click();
      await page.getByText(/It is at rank/).waitFor();
    });
  });
});
