/** The comparison of two feeds in a browser: lists, places in the other list, figures, phone. */
import { describe, expect, test } from "bun:test";
import {
  agesOf,
  overlapOf,
  placesApart,
  varietyOf,
} from "../../src/http/dashboard/ui/screens/compare-figures.ts";
import type { Post } from "../../src/http/dashboard/ui/parts/types.ts";
import { dashboardOfDemo, expectAccessible, expectNoSideways, leavesOut } from "../support/dashboard.ts"; // prettier-ignore

describe.skipIf(leavesOut)("the comparison", () => {
  const { open, get, isLearnt } = dashboardOfDemo();
  const idsOf = async (user: string) => {
    const reply = await get(`/recommendations?user=${user}&limit=20&preview=true`);
    return ((await reply.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
  };

  test("shows two people's lists, and how many posts both have", async () => {
    const { page, amiss } = await open("/dashboard/compare?a_user=103&b_user=104");
    await page.locator(".post-list .tile").nth(39).waitFor();
    const both = overlapOf(await idsOf("103"), await idsOf("104"));
    await page.getByText(`${both} of 20 posts are in both lists.`).waitFor();
    await page.getByRole("combobox", { name: "Category" }).first().selectOption("Fitness");
    await page.waitForURL(/a_category=Fitness/);
    await page.waitForFunction(() => {
      const notes = [...document.querySelectorAll(".compare > :first-child .tile .note")];
      return notes.length === 20 && notes.every((it) => it.textContent.startsWith("Fitness"));
    });
    await expectAccessible(page);
    expect(amiss).toEqual([]);
  });

  test("shows one person's list as it is and as other factors rank it", async () => {
    const put = (factors: object) => get("/adjustments", { method: "PUT", body: JSON.stringify(factors), headers: { "content-type": "application/json" } }); // prettier-ignore
    await put({ collaborative: 0, similar: 0 });
    const { page, amiss } = await open("/dashboard/compare?a_user=103");
    await page.getByText("20 of 20 posts are in both lists.").waitFor();
    await page.getByRole("combobox", { name: "Factors" }).nth(1).selectOption("as fitted");
    await page.getByText("not in A").first().waitFor();
    await put({});
    expect(amiss).toEqual([]);
  });

  test("shows one person's list as the snapshot before ranks it", async () => {
    await isLearnt();
    const { page, amiss } = await open("/dashboard/compare?a_user=103");
    await page.getByRole("combobox", { name: "Snapshot" }).nth(1).selectOption("before");
    await page.waitForURL(/b_older=true/);
    const older = (await (await get("/adjustments/list?user=103&older=true")).json()) as { items: { id: string }[] }; // prettier-ignore
    const both = overlapOf(await idsOf("103"), older.items.map(({ id }) => id)); // prettier-ignore
    expect(both).toBeLessThan(20);
    await page.getByText(`${both} of 20 posts are in both lists.`).waitFor();
    expect(await page.getByRole("region", { name: "Feed B" }).locator(".tile").count()).toBe(20);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(amiss).toEqual([]);
  }, 120_000);

  test("fits a phone", async () => {
    const { page, amiss } = await open("/dashboard/compare", { viewport: { width: 390, height: 844 } }); // prettier-ignore
    await page.locator(".post-list .tile").nth(39).waitFor();
    await expectNoSideways(page);
    expect(amiss).toEqual([]);
  });
});

test("places apart are those of posts in both lists, on average", () => {
  expect(placesApart(["a", "b", "c"], ["b", "x", "c"])).toBe(0.5);
  expect(placesApart(["a"], ["b"])).toBe(0);
});

test("variety is the share of neighbours of different categories", () => {
  const posts = ["a", "a", "b", "a"].map((it) => ({ categories: [it] }) as unknown as Post);
  expect(varietyOf(posts)).toBeCloseTo(2 / 3, 9);
  expect(varietyOf(posts.slice(0, 1))).toBe(0);
});

test("the age of a list is that of its median post, in days", () => {
  const posts = [1, 4, 30].map((day) => ({ created_at: new Date(Date.UTC(2026, 0, day)).toISOString() }) as Post); // prettier-ignore
  expect(agesOf(posts, Date.UTC(2026, 0, 31, 12))).toBe(27.5);
  expect(agesOf([], 0)).toBe(0);
});
