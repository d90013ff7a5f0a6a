/** The events debugger in a browser: each fate by the form, effects, the curl line, filters, a pause, phone, dark, keyboard. */
import { describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { curlLine, eventOf, BLANK } from "../../src/http/dashboard/ui/screens/events-curl.ts";
import { dashboardOfDemo, expectEveryLook, leavesOut } from "../support/dashboard.ts"; // prettier-ignore
import { until } from "../support/program.ts";
import { isSettled } from "../support/screens.ts";

const SCREEN = "/dashboard/events";
/** The browser's complaint about a reply that refuses all. */
const REFUSED = /^console: Failed to load resource: .* 422/;

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const rows = (page: Page) => page.locator(".event-row");
/** Searches for an id in a box of the form, and takes what is found first. */
const choose = async (page: Page, label: string, id: string) => {
  const form = card(page, "Send an event");
  await form.getByRole("combobox", { name: label }).fill(id);
  await page.getByRole("listbox", { name: label }).getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await form.locator(".event-chosen", { hasText: id }).waitFor();
};
const send = (page: Page) => page.getByRole("button", { name: "Send" }).click();
const outcome = (page: Page, words: RegExp) => page.locator(".event-outcome", { hasText: words }).waitFor(); // prettier-ignore

describe.skipIf(leavesOut)("the events debugger", () => {
  const { open, get } = dashboardOfDemo();
  const post = (body: object) =>
    get("/events", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }); // prettier-ignore

  test("sends an event, and shows at once that it is accepted and what it changed in whose feed", async () => {
    const { page, amiss } = await open(SCREEN);
    await choose(page, "Person", "study-owl");
    await choose(page, "Post", "2431");
    await send(page);
    await outcome(page, /accepted It is stored/);
    const event = card(page, "Event");
    await event.getByText(/Among the first 20 posts, .* moved\./).waitFor();
    await event.getByText("study-owl 104").waitFor();
    await event.getByText("Study with me at the night library 2431").waitFor();
    await event.getByText("As JSON").click();
    expect(await event.locator("pre").innerText()).toMatch(/"user": "104",\s+"post": "2431",\s+"kind": "like"/); // prettier-ignore
    expect(await event.getByText(/rose from .* to .*: |you have seen it/).count()).toBeGreaterThan(1); // prettier-ignore
    await rows(page).first().filter({ hasText: /accepted\s*like\s*study-owl 104\s*Study with me at the night library 2431/ }).waitFor(); // prettier-ignore
    await event.getByText("Both lists").click();
    expect(await event.getByRole("row").count()).toBe(21);
    expect(amiss).toEqual([]);
  });

  test("shows a duplicate, and a refusal with its reason and what to do", async () => {
    const { page, amiss } = await open(SCREEN);
    await choose(page, "Person", "somebody new");
    await choose(page, "Post", "2131");
    await page.getByLabel("Event id").fill("mine-1");
    await send(page);
    await outcome(page, /accepted/);
    await send(page);
    await outcome(page, /duplicate This event is stored already/);
    await card(page, "Event").getByText("It is stored already").waitFor();
    await page.getByRole("combobox", { name: "Kind", exact: true }).selectOption("rating");
    await page.getByLabel("Value").fill("200");
    await send(page);
    await outcome(page, /refused value: expected a rating from -98 to 100 \(percent\), got 200/);
    const event = card(page, "Event");
    await event.getByText("expected a rating from -98 to 100 (percent)").waitFor();
    expect(await event.innerText()).toContain("Send it again with value put right.");
    expect(await event.innerText()).not.toContain("200");
    await page.getByRole("combobox", { name: "Fate" }).selectOption("duplicate");
    await until(async () => (await rows(page).count()) === 1 || undefined);
    await page.getByRole("combobox", { name: "Fate" }).selectOption("");
    await page.getByLabel("Of person").fill("somebody");
    await until(async () => (await rows(page).count()) === 3 || undefined);
    await post({ user: "104", post: "2131", kind: "rating", value: 45 });
    await page.getByLabel("Of person").fill("study-o"); // a part of the name
    await rows(page).first().getByText("rating 45 of 100").waitFor();
    expect(amiss.filter((it) => !REFUSED.test(it))).toEqual([]);
  });

  test("holds new rows while it is paused, and then shows them on top", async () => {
    const { page, amiss } = await open(SCREEN);
    await rows(page).first().waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const newest = async () => (await rows(page).first().innerText()).match(/\d+:\d+:\d+|share/g);
    const before = await newest(); // its post's title may still come
    await post({ user: "bo", post: "2131", kind: "share" });
    await page.getByText("1 new wait").waitFor();
    expect(await newest()).toEqual(before);
    await page.getByRole("button", { name: "Go on" }).click();
    await rows(page).first().getByText("share").waitFor();
    expect(amiss).toEqual([]);
  });

  test("holds new rows while somebody points at the list, but not the first ones", async () => {
    const { page, amiss } = await open(SCREEN);
    await page.locator(".event-list").hover();
    await rows(page).first().waitFor();
    await rows(page).first().hover();
    await post({ user: "bo", post: "2131", kind: "comment" });
    await page.getByText("1 new wait until you stop pointing at the list").waitFor();
    await page.mouse.move(0, 0);
    await rows(page).first().getByText("comment").waitFor();
    expect(amiss).toEqual([]);
  });

  test("a page that nobody sees stops listening, and later goes on where it stopped", async () => {
    const { page, amiss } = await open(SCREEN);
    await rows(page).first().waitFor();
    await page.clock.install();
    const see = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    await see(true);
    const closed = page.waitForEvent("requestfailed", (it) => it.resourceType() === "eventsource");
    await page.clock.fastForward(31_000);
    await closed;
    const asked = page.waitForRequest(/\/events\/stream\?after=\d+-\w+-\d+$/);
    await post({ user: "bo", post: "2131", kind: "inspire" });
    await see(false);
    await asked;
    await rows(page).first().getByText("inspire").waitFor();
    expect(amiss).toEqual([]);
  });

  test("the curl line follows the form, and sends the same when it is run", async () => {
    const { page, amiss } = await open(SCREEN);
    await choose(page, "Person", "it's $HOME");
    await choose(page, "Post", "2131");
    await page.getByRole("combobox", { name: "Kind", exact: true }).selectOption("view");
    await page.getByLabel("Watched, ms").fill("5400");
    await page.getByText(`"watched_ms":5400`).waitFor();
    const line = await page.locator(".event-curl pre").innerText();
    const { stdout } = Bun.spawnSync(["sh", "-c", line], { env: { ...Bun.env, VIDREC_KEY: "none" } }); // prettier-ignore
    expect(JSON.parse(stdout.toString())).toEqual({ accepted: 1, duplicates: 0, refused: [] });
    await rows(page).first().getByText("it's $HOME").waitFor();
    await rows(page).first().click();
    await card(page, "Event").getByText("view 5 s").waitFor();
    expect(amiss).toEqual([]);
  });

  test("is accessible in light and dark, fits a phone, and is used by keyboard alone", async () => {
    await expectEveryLook(open, SCREEN, async (page) => {
      await page.getByRole("combobox", { name: "Fate" }).selectOption("accepted");
      await rows(page).first().focus();
      await page.keyboard.press("Enter");
      await card(page, "Event").getByText("What it changed").waitFor();
      await isSettled(page);
    });
  });
});

test("an event has the fields that are filled in, and a number where one can be read", () => {
  expect(eventOf({ ...BLANK, user: " ada ", post: "v", value: "5", watched_ms: "some" })).toEqual({ user: "ada", post: "v", kind: "like", value: 5, watched_ms: "some" }); // prettier-ignore
});

test("a curl line takes quotes, dollars and line breaks as they are", () => {
  const event = { user: `it's "$HOME" \`id\` \\n\n` };
  const line = curlLine("http://localhost:8000", event).replace(/^curl/, "printf '%s\\n'");
  const { stdout } = Bun.spawnSync(["sh", "-c", line], { env: { VIDREC_KEY: "a b" } });
  expect(stdout.toString()).toBe(
    `http://localhost:8000/events\n-H\nAuthorization: Bearer a b\n--json\n${JSON.stringify(event)}\n`,
  );
});
