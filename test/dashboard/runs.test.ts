/** Runs in a browser: one started and followed to its end, the list, one opened, a failure, keyboard, phone, dark. */
import { describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { dashboardOfDemo, expectEveryLook, leavesOut, PHONE } from "../support/dashboard.ts"; // prettier-ignore
import { joined } from "../../src/http/dashboard/ui/screens/use-live-runs.ts";
import { until } from "../support/program.ts";
import { isSettled, statesOf } from "../support/screens.ts";

const JSON_TYPE = { "content-type": "application/json" };

describe.skipIf(leavesOut)("the runs", () => {
  const { open, get, isLearnt } = dashboardOfDemo();
  const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const button = (page: Page, name: string) =>
    card(page, "Start one").getByRole("button", { name });
  test("a learn is started, lets nothing else begin, and is in the list with its log when it has ended", async () => {
    await isLearnt();
    const like = JSON.stringify({ user: "103", post: "2131", kind: "like" });
    await get("/events", { method: "POST", headers: JSON_TYPE, body: like });
    const { page, amiss } = await open("/dashboard/runs");
    const learns = card(page, "Ended").getByRole("row", { name: /^Learn done .*594 of them understood by their text/ }); // prettier-ignore
    await learns.first().waitFor();
    const before = await learns.count();
    const [now, starts] = [await statesOf(card(page, "Now")), await statesOf(card(page, "Start one"))]; // prettier-ignore
    await button(page, "Learn").click();
    await until(async () => ((await learns.count()) === before + 1 ? true : undefined));
    await card(page, "Now").getByText("Nothing runs").waitFor();
    await until(async () => (await button(page, "Learn").isEnabled()) || undefined);
    expect(await now()).toContainEqual(expect.stringMatching(/^Now\s+Learn\s/));
    expect(await starts()).toContainEqual(
      expect.stringMatching(
        /Run \d+ \(learn\) (waits|is under way)[^]*off: Sync, Learn, Evaluation$/,
      ),
    );
    await learns.first().getByRole("link", { name: "Learn" }).click();
    await page.waitForURL(/\/dashboard\/runs\/\d+$/);
    const log = card(page, "Log").getByLabel("Log");
    await log.getByText("training on the past", { exact: true }).first().waitFor();
    expect(await log.innerText()).toMatch(/\+\d+\.\d s\s+training on the past[^]*fitting the blend/); // prettier-ignore
    expect(amiss).toEqual([]);
  }, 300_000);

  test.each([{}, PHONE])(
    "one under way shows its stage, how far it has come and its log, and moves nothing when it comes: %j",
    async (options) => {
      const at = "2026-11-20T10:00:00.000Z";
      const lines = Array.from({ length: 30 }, () => ({ at: "2026-11-20T10:00:02.500Z", text: "training" })); // prettier-ignore
      const run = { id: 9, kind: "learn", state: "running", stage: "training", done: 3, total: 9 };
      const news = { ...run, started_at: at, ended_at: null, lines };
      const { page, amiss } = await open("/dashboard", options);
      let tell = () => {};
      const told = new Promise<void>((resolve) => (tell = resolve));
      await page.route("**/runs/stream", async (route) => {
        await told;
        await route.fulfill({
          contentType: "text/event-stream",
          body: `event: run\ndata: ${JSON.stringify(news)}\n\n`,
        });
      });
      await page.goto(new URL("/dashboard/runs", page.url()).href);
      await isSettled(page);
      const top = () =>
        card(page, "Ended").evaluate((it) => it.getBoundingClientRect().top + scrollY);
      const before = await top();
      tell();
      const now = card(page, "Now");
      await now.getByText("training · 3 of 9").waitFor();
      expect(await top()).toBe(before);
      const bar = now.getByRole("progressbar", { name: "Learn: training" });
      expect([await bar.getAttribute("value"), await bar.getAttribute("max")]).toEqual(["3", "9"]);
      expect(await now.getByLabel("Log").innerText()).toMatch(/\+2\.5 s\s+training/);
      expect(amiss).toEqual([]);
    },
  );

  test("a sync of the demo, which has nothing new to read, is not offered, with the reason beside it", async () => {
    const { page, amiss } = await open("/dashboard/runs");
    await card(page, "Start one").getByText("The demo has nothing new to read").waitFor();
    expect(await button(page, "Sync").isDisabled()).toBeTrue();
    expect((await get("/runs", { method: "POST", headers: JSON_TYPE, body: '{"kind": "sync"}' })).status).toBe(409); // prettier-ignore
    expect(amiss).toEqual([]);
  }, 60_000);

  test("a run says what it learnt with which settings, and what differs from the one before", async () => {
    await isLearnt();
    const { page, amiss } = await open("/dashboard/runs?kind=learn");
    const learnt = card(page, "Ended").getByRole("row", {
      name: /done .*594 of them understood by their text/,
    });
    await learnt.first().getByRole("link", { name: "Learn" }).click();
    await page.waitForURL(/\/dashboard\/runs\/\d+$/);
    await isSettled(page);
    expect(await card(page, "Result").innerText()).toMatch(
      /done[^]*posts understood by their text\s+594/,
    );
    expect(await card(page, "Quality").innerText()).toMatch(/nDCG@20 on [\d,]+ held-out cases\s+blend\s+0\.\d{3}/); // prettier-ignore
    const settings = card(page, "Settings");
    expect(await settings.getByRole("row", { name: /^weight of popular/ }).innerText()).toMatch(/popular\s+[\d., ]+\s+[\d., ]+/); // prettier-ignore
    await settings.getByText(/^All \d+ settings/).click();
    expect(await settings.innerText()).toMatch(/SEED\s+1/);
    expect(await settings.innerText()).not.toMatch(/FLIC_TOKEN|RESONANCE/);
    expect(await card(page, "Log").innerText()).toContain("fitting the blend");
    await page.reload(); // the address leads here
    await isSettled(page);
    expect(await card(page, "Result").innerText()).toContain("done");
    expect(amiss).toEqual([]);
  }, 300_000);

  test("by keyboard a kind is chosen and a run is opened; what is not there is said", async () => {
    await isLearnt();
    const { page, amiss } = await open("/dashboard/runs");
    await isSettled(page);
    await card(page, "Ended").getByLabel("Kind").focus();
    await page.keyboard.type("Enc");
    await page.waitForURL(/kind=encode/);
    const first = card(page, "Ended").getByRole("link").first();
    await until(async () => ((await first.innerText()) === "Encoding" ? true : undefined));
    await first.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/dashboard\/runs\/\d+$/);
    await card(page, "Log").getByText("encoding texts").waitFor();
    expect(amiss).toEqual([]);
    await page.goto(new URL("/dashboard/runs/999999", page.url()).href);
    await page.getByRole("alert").getByText("there is no such run").waitFor();
  }, 300_000);

  test("is accessible in light and dark, and fits a phone, which shows what a run did without scrolling sideways", async () => {
    const { id } = await isLearnt();
    const { page } = await open("/dashboard/runs", PHONE);
    const words = await page.locator(".runs-words").first().boundingBox();
    expect(words!.x + words!.width).toBeLessThan(390);
    for (const path of ["/dashboard/runs", `/dashboard/runs/${id}`])
      await expectEveryLook(open, path, isSettled);
  }, 300_000);
});

test("a log that is sent again after a lost connection is there once, though its oldest lines are gone by then", () => {
  const lines = ["a", "b", "c", "d"].map((text, n) => ({ at: `${n >> 1}`, text }));
  expect(joined([], lines)).toEqual(lines);
  expect(joined(lines.slice(0, 3), lines.slice(3))).toEqual(lines);
  expect(joined(lines.slice(0, 3), lines.slice(1))).toEqual(lines);
  expect(joined(lines, [])).toEqual(lines);
});
