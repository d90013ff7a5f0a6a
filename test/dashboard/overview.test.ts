/** The overview in a browser: figures, charts with their tables, an event that comes, a part that fails, phone, dark. */
import { describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { dashboardOfDemo, expectEveryLook, leavesOut } from "../support/dashboard.ts"; // prettier-ignore
import { until } from "../support/program.ts";

type Reply = {
  readonly stored: { readonly posts: number };
  readonly days: readonly { readonly day: string; readonly events: number }[];
  readonly snapshot: object;
};

describe.skipIf(leavesOut)("the overview", () => {
  const { open, get } = dashboardOfDemo();
  const overview = async () => (await (await get("/overview?days=30")).json()) as Reply;
  const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const isThere = (page: Page) => card(page, "Signals").getByText("yes").first().waitFor();

  test("shows what /overview says: what is stored, what serves, and that all is well", async () => {
    const { page, amiss } = await open("/dashboard");
    await isThere(page);
    const { stored } = await overview();
    expect(await card(page, "Stored").innerText()).toContain(String(stored.posts));
    expect(await card(page, "Alarms").innerText()).toContain("all well");
    expect(await card(page, "Snapshot").innerText()).toMatch(/Age\s+\d+ (s|min)/);
    expect(amiss).toEqual([]);
  });

  test("a chart has its figures behind it, by keyboard alone", async () => {
    const { page, amiss } = await open("/dashboard");
    await isThere(page);
    const events = card(page, "Events a day");
    await events.getByText("Figures").focus();
    await page.keyboard.press("Enter");
    const last = (await overview()).days.at(-1)!;
    const row = events.getByRole("row").last();
    expect(await row.innerText()).toMatch(RegExp(`${last.day}\\s+${last.events}`));
    expect(amiss).toEqual([]);
  });

  test("an event that an app sends, and the feeds that it asks for, are seen within seconds", async () => {
    const { page, amiss } = await open("/dashboard");
    await isThere(page);
    const share = card(page, "Signals").getByRole("row", { name: /^share/ });
    expect(await share.innerText()).not.toContain("ago");
    const sentOn = [today()];
    const body = JSON.stringify({ user: "103", post: "2131", kind: "share" });
    const headers = { "content-type": "application/json" };
    expect((await get("/events", { method: "POST", headers, body })).status).toBe(202);
    sentOn.push(today()); // midnight may have come
    await share.getByText(/push, \d+ (s|min) ago/).waitFor();
    // The demo ends in the past; what is sent to it is of today.
    const { day, events } = (await overview()).days.findLast((it) => it.events > 0)!;
    expect([sentOn.includes(day), events]).toEqual([true, 1]);
    await until(async () => {
      await get("/feed?username=study-owl"); // the figure is of the last minute
      const words = await card(page, "This process").innerText();
      return /Slowest 1 %\s+\d/.test(words) || undefined;
    });
    expect(amiss).toEqual([]);
  });

  test("says alarms in words, and shows quality with intervals", async () => {
    const { page, amiss } = await open("/dashboard");
    const { snapshot, ...real } = await overview();
    const words = "One more comment does not change what a made-up person is shown.";
    const alarms = [{ kind: "signal_without_effect", words }];
    const reply = { ...real, alarms, snapshot: { ...snapshot, posts: 594, embedded: 80, quality: QUALITY } }; // prettier-ignore
    await page.route("**/overview?*", (route) => route.fulfill({ json: reply }));
    await page.reload();
    await card(page, "Alarms").getByText(words).waitFor();
    await card(page, "Snapshot")
      .getByText("80 of 594 posts are understood by their text so far; moods already work.")
      .waitFor();
    const quality = card(page, "Quality");
    expect(await quality.innerText()).toMatch(/blend\s+0.201\s+blend before\s+0.190\s+popular\s+0.083/); // prettier-ignore
    await quality.getByText("Figures").click();
    expect(await quality.getByRole("row", { name: /popular/ }).innerText()).toMatch(/0.0833\s+0.0704\s+0.0984/); // prettier-ignore
    expect(amiss).toEqual([]);
  });

  test("is accessible in light and dark, and fits a phone", async () => {
    await expectEveryLook(open, "/dashboard", isThere);
  });
});

const today = () => new Date().toISOString().slice(0, 10);
const scored = (name: string, ndcg: number, low: number, high: number) => ({ name, ndcg, low, high }); // prettier-ignore
/** Quality of a snapshot whose blend was fitted, and of the one before. */
const QUALITY = {
  cases: 1_500,
  blend: scored("blend", 0.201, 0.1815, 0.222),
  others: [scored("popular", 0.0833, 0.0704, 0.0984)],
  before: scored("blend", 0.19, 0.17, 0.21),
};
