/** The catalogue map in a browser: points, search, a post that is pointed at and chosen, colours, keyboard, phone, dark. */
import { describe, expect, test } from "bun:test";
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

/** Points at the middle until the map has moved the post there; the place, and the tip. */
async function pointAtMiddle(page: Page, title: string) {
  const tip = page.locator(".map-tip .tile-title", { hasText: title });
  const [x, y] = await middleOf(page);
  await until(async () => {
    for (const at of [x + 40, x]) await page.mouse.move(at, y);
    return (await tip.isVisible()) || undefined;
  });
  return { x, y, tip };
}

const chosenOn = (page: Page) =>
  page.getByRole("region", { name: "Chosen post" }).locator(".tile-title", { hasText: /[a-z]/ }).innerText(); // prettier-ignore

describe.skipIf(leavesOut)("the catalogue map", () => {
  const { open, get } = dashboardOfDemo();
  const map = async () => (await (await get("/map")).json()) as { posts: { id: string[] } };

  test("draws the posts in the colours of their categories, and takes a category off", async () => {
    const { page, amiss } = await open("/dashboard/map");
    const { posts } = await map();
    await page.getByRole("application", { name: `Map of ${posts.id.length} posts, coloured by category` }).waitFor(); // prettier-ignore
    await page.getByText(/The plane shows \d+ % of how the texts differ/).waitFor();
    await until(async () => (await coloursOn(page)) > 6 || undefined);
    await page.getByRole("button", { name: "Hide all" }).click();
    await page.getByRole("button", { name: /Public speaking/ }).click();
    await until(async () => (await coloursOn(page)) === 1 || undefined);
    expect(amiss).toEqual([]);
  });

  test("finds a post, and shows it when it is pointed at", async () => {
    const { page, amiss } = await open("/dashboard/map");
    await page.getByRole("combobox", { name: "Post" }).fill("speech");
    const option = page.getByRole("option").first();
    const title = await option.locator("span").first().innerText();
    await option.click();
    await page.waitForURL(/post=/);
    await pointAtMiddle(page, title);
    expect(amiss).toEqual([]);
  });

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
  });

  test("is coloured by how often posts were shown, with the figures as a table", async () => {
    for (let n = 0; n < 3; n++) await get(`/recommendations?user=shown-${n}&limit=20`);
    const { page, amiss } = await open("/dashboard/map");
    await page.getByLabel("Colour by").selectOption("Times shown");
    await page.waitForURL(/by=shown/);
    await page.getByRole("button", { name: /^never/ }).waitFor();
    await page.getByText("Figures").click();
    await page.getByRole("rowheader", { name: "never" }).waitFor();
    expect(amiss).toEqual([]);
  });

  test("is moved, zoomed and read by keyboard alone", async () => {
    const { page, amiss } = await open("/dashboard/map?post=1005");
    await page.getByRole("application", { name: /^Map of [1-9]/ }).focus();
    await page.keyboard.press("+");
    await page.locator(".map-tip .tile-title", { hasText: await chosenOn(page) }).waitFor();
    for (const key of ["ArrowLeft", "ArrowRight", "-"]) await page.keyboard.press(key);
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.search.includes("post="));
    await page.keyboard.press("Enter");
    await page.waitForURL(/post=1005/);
    expect(amiss).toEqual([]);
  });

  test("goes along with a drag, a wheel and two fingers: what is under them stays there", async () => {
    const { page, amiss } = await open("/dashboard/map?post=1005", { hasTouch: true });
    const { x, y, tip } = await pointAtMiddle(page, await chosenOn(page));
    const picture = () => page.evaluate(() => document.querySelector("canvas")!.toDataURL());
    await page.mouse.down();
    await page.mouse.move(x - 90, y + 60, { steps: 4 });
    await page.mouse.up();
    await tip.waitFor();
    const dragged = await picture();
    await page.mouse.wheel(0, -300);
    await page.mouse.move(x - 89, y + 60);
    await tip.waitFor();
    await until(async () => (await picture()) !== dragged || undefined); // each zoom shows
    const wheeled = await picture();
    await page.mouse.move(x + 150, y - 150);
    const touch = await page.context().newCDPSession(page);
    const fingers = (type: "touchStart" | "touchMove", apart: number) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: [-1, 1].map((side, id) => ({ id, x: x - 90 + side * apart, y: y + 60 })) }); // prettier-ignore
    await fingers("touchStart", 40);
    for (const apart of [50, 60, 70]) await fingers("touchMove", apart);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.mouse.move(x - 90, y + 60);
    await tip.waitFor();
    await until(async () => (await picture()) !== wheeled || undefined);
    expect(amiss).toEqual([]);
  });

  test("is there again after another screen, and leaves nothing behind", async () => {
    const { page, amiss } = await open("/dashboard/map");
    for (const name of ["Compare", "Catalogue map", "Overview", "Catalogue map"]) {
      await page.getByRole("link", { name }).click();
      await page.getByRole("heading", { name, level: 1 }).waitFor();
    }
    await until(async () => (await coloursOn(page)) > 6 || undefined);
    expect(amiss).toEqual([]);
  });

  test("is accessible in light and dark, and fits a phone", async () => {
    await expectEveryLook(open, "/dashboard/map", (page) =>
      page.getByText(/The plane shows/).waitFor(),
    );
  });
});
