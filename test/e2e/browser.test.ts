/** `/docs` in a browser that reaches nothing but this machine. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { listen } from "../../src/http/listen.ts";
import { apiDocument } from "../../src/http/server.ts";
import { chromiumPath, startChromium, watched } from "../support/chromium.ts";
import { serving } from "../support/http.ts";
import { operations } from "../support/openapi.ts";
import { leaveOut } from "../support/needs.ts";
import { fakeService } from "../support/service.ts";

const path = chromiumPath();
const absence = path ? undefined : "no Chromium was found (apt-get install chromium)";

describe.skipIf(leaveOut("the browser tests", absence))("/docs in Chromium", () => {
  const { server, lines } = serving(fakeService());
  const listening = listen(server, { hostname: "127.0.0.1", port: 0 });
  let browser: Browser;
  beforeAll(async () => void (browser = await startChromium(path!)));
  afterAll(async () => {
    await browser.close();
    await listening.stop(true);
  });

  test("is dark where the reader's system is", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ colorScheme });
      await page.goto(`${listening.url.origin}/docs`);
      const title = page.locator(".info .title");
      await title.waitFor();
      const colour = await title.evaluate((it) => getComputedStyle(it).color);
      const brightness = Math.max(...colour.match(/\d+/g)!.map(Number));
      expect([colorScheme, brightness > 128]).toEqual([colorScheme, colorScheme === "dark"]);
      await page.close();
    }
  });

  test("renders without the internet, and tries an operation out", async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
    const amiss = await watched(page);
    await page.goto(`${listening.url.origin}/docs`);
    const feed = page.locator("#operations-feed-getFeed");
    await feed.locator(".opblock-summary-control").click();
    await feed.locator('[placeholder="mood"]').fill("calm");
    await feed.locator(".execute").click();
    const reply = feed.locator(".live-responses-table");
    await reply.waitFor();
    const seen = {
      title: await page.title(),
      operations: await page.locator(".opblock").count(),
      status: await reply.locator("tbody .response-col_status").first().innerText(),
      reply: await reply.locator(".highlight-code").first().innerText(),
    };
    await page.screenshot({ path: join(tmpdir(), "vidrec-docs.png"), fullPage: true });
    expect(seen).toMatchObject({
      title: "vidrec",
      operations: operations(await apiDocument("")).length,
    });
    expect(seen.status.trim()).toBe("200");
    expect(seen.reply).toContain('"status": "success"');
    expect(lines.filter((line) => line.startsWith("GET /feed 200 "))).toHaveLength(1);
    expect(amiss).toEqual([]);
  });
});
