/** The catalogue map in a browser: points, search, a post that is pointed at and chosen, colours, keyboard, phone, dark. */
import { beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { dashboardOfDemo, expectEveryLook, leavesOut } from "../support/dashboard.ts"; // prettier-ignore
import { until } from "../support/program.ts";

/** Number of colours on the canvas besides its background, in 5 bits a channel, without those of few pixels. */
const coloursOn = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector("canvas")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map<number, number>();
    for (let n = 0; n < data.length; n += 4) {
      const colour = ((data[n]! >> 3) << 10) | ((data[n + 1]! >> 3) << 5) | (data[n + 2]! >> 3);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts.values()].filter((it) => it > 300).length - 1;
  });

const middleOf = async (page: Page) => {
  const box = (await page.locator("canvas").boundingBox())!;
  return [box.x + box.width / 2, box.y + box.height / 2] as const;
};

describe.skipIf(leavesOut)("the catalogue map", () => {
  const { open, get } = dashboardOfDemo();
  const map = async () => (await (await get("/map")).json()) as { posts: { id: string[] }; without_vector: number }; // prettier-ignore
  // The first snapshot may come before the texts have vectors.
  beforeAll(() => until(async () => (await map()).without_vector === 0 || undefined), 120_000);

  test("draws the posts in the colours of their categories, and takes a category off", async () => {
    const { page, amiss } = await open("/dashboard/map");
    const { posts } = await map();
    await page.getByRole("application", { name: `Map of ${posts.id.length} posts, coloured by category` }).waitFor(); // prettier-ignore
    await page.getByText(/The plane tells \d+ % of how the texts differ/).waitFor();
    await until(async () => (await coloursOn(page)) > 6 || undefined);
    await page.getByRole("button", { name: "Hide all" }).click();
    await page.getByRole("button", { name: /Public speaking/ }).click();
    await until(async () => (await coloursOn(page)) === 1 || undefined);
    expect(amiss).toEqual([]);
  }, 60_000);

  test("finds a post, and shows it when it is pointed at", async () => {
    const { page, amiss } = await open("/dashboard/map");
    await page.getByRole("combobox", { name: "Post" }).fill("speech");
    const option = page.getByRole("option").first();
    const title = await option.locator("span").first().innerText();
    await option.click();
    await page.waitForURL(/post=/);
    const tip = page.locator(".map-tip .tile-title", { hasText: title });
    const [x, y] = await middleOf(page);
    await until(async () => {
      for (const at of [x + 40, x]) await page.mouse.move(at, y); // it points anew once the map has moved
      return (await tip.isVisible()) || undefined;
    });
    expect(amiss).toEqual([]);
  }, 60_000);

  test("draws somebody's history and feed, and lists both", async () => {
    const { page, amiss } = await open("/dashboard/map");
    await page.getByRole("combobox", { name: /history and feed/ }).fill("study-o");
    await page.getByRole("option", { name: /study-owl/ }).click();
    await page.waitForURL(/user=104/);
    const { items } = (await (await get("/recommendations?user=104&limit=20&preview=true")).json()) as { items: { id: string }[] }; // prettier-ignore
    await page.locator("summary", { hasText: `Feed ${items.length}` }).click();
    await page.locator("summary", { hasText: /History, the newest first [1-9]/ }).waitFor();
    const first = page.locator(".map-listed[open] li button").first();
    const title = (await page.locator(".map-listed[open] li").first().innerText()).trim();
    await first.click();
    await page.waitForURL(`**post=${items[0]!.id}*`);
    await page.getByRole("region", { name: "Chosen post" }).getByText(title).first().waitFor();
    await page.getByRole("link", { name: "Why, or why not, for study-owl?" }).click();
    await page.getByText(/It is at rank 1 of/).waitFor();
    expect(amiss).toEqual([]);
  }, 60_000);

  test("is coloured by how often posts were shown, with the figures as a table", async () => {
    for (let n = 0; n < 3; n++) await get(`/recommendations?user=shown-${n}&limit=20`);
    const { page, amiss } = await open("/dashboard/map");
    await page.getByLabel("Colour by").selectOption("Times shown");
    await page.waitForURL(/by=shown/);
    await page.getByRole("button", { name: /^never/ }).waitFor();
    await page.getByText("Figures").click();
    await page.getByRole("rowheader", { name: "never" }).waitFor();
    expect(amiss).toEqual([]);
  }, 60_000);

  test("is moved, zoomed and read by keyboard alone", async () => {
    const { page, amiss } = await open("/dashboard/map?post=1005");
    await page.getByRole("application", { name: /^Map of [1-9]/ }).focus();
    for (const key of ["+", "ArrowLeft", "ArrowRight", "-", "+"]) await page.keyboard.press(key);
    await page.locator(".map-tip .tile-title").waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.search.includes("post="));
    await page.keyboard.press("Enter");
    await page.waitForURL(/post=1005/);
    expect(amiss).toEqual([]);
  }, 60_000);

  test("goes along with a drag, a wheel and two fingers: what is under them stays there", async () => {
    const { page, amiss } = await open("/dashboard/map?post=1005", { hasTouch: true });
    const chosen = await page.getByRole("region", { name: "Chosen post" }).locator(".tile-title", { hasText: /[a-z]/ }).innerText(); // prettier-ignore
    const tip = page.locator(".map-tip .tile-title", { hasText: chosen });
    const picture = () => page.evaluate(() => document.querySelector("canvas")!.toDataURL());
    const [x, y] = await middleOf(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 90, y + 60, { steps: 4 });
    await page.mouse.up();
    await tip.waitFor();
    const pictures = [await picture()];
    await page.mouse.wheel(0, -300);
    await page.mouse.move(x - 89, y + 60);
    await tip.waitFor();
    pictures.push(await picture());
    await page.mouse.move(x + 150, y - 150);
    const touch = await page.context().newCDPSession(page);
    const fingers = (type: "touchStart" | "touchMove", apart: number) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: [-1, 1].map((side, id) => ({ id, x: x - 90 + side * apart, y: y + 60 })) }); // prettier-ignore
    await fingers("touchStart", 40);
    for (const apart of [50, 60, 70]) await fingers("touchMove", apart);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.mouse.move(x - 90, y + 60);
    await tip.waitFor();
    pictures.push(await picture());
    expect(new Set(pictures).size).toBe(3); // each zoom shows
    expect(amiss).toEqual([]);
  }, 60_000);

  test("is there again after another screen, and leaves nothing behind", async () => {
    const { page, amiss } = await open("/dashboard/map");
    for (const name of ["Compare", "Catalogue map", "Overview", "Catalogue map"]) {
      await page.getByRole("link", { name }).click();
      await page.getByRole("heading", { name, level: 1 }).waitFor();
    }
    await until(async () => (await coloursOn(page)) > 6 || undefined);
    expect(amiss).toEqual([]);
  }, 60_000);

  test("is accessible in light and dark, and fits a phone", async () => {
    await expectEveryLook(open, "/dashboard/map", (page) =>
      page.getByText(/The plane tells/).waitFor(),
    );
  }, 90_000);
});
