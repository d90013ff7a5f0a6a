/** The screen What if in a browser: a slider's effect beside the button that saves, and one click back. */
import { describe, expect, test } from "bun:test";
import { dashboardOfDemo, expectAccessible, expectNoSideways, leavesOut } from "../support/dashboard.ts"; // prettier-ignore
import { isSettled } from "../support/screens.ts";

describe.skipIf(leavesOut)("what if", () => {
  const { open, get } = dashboardOfDemo();
  const factors = async () =>
    ((await (await get("/adjustments")).json()) as { factors: Record<string, number> }).factors;
  /** True if the term `collaborative` has a part in the list of user 103. */
  const tasteCounts = async () => {
    const reply = await (await get("/recommendations?user=103&preview=true&explain=true")).json();
    const { items } = reply as { items: { explain: { terms: Record<string, number> } }[] };
    return items.some(({ explain: { terms } }) => (terms["collaborative"] ?? 0) !== 0);
  };

  test("a slider moved by keys shows its effect; saved it counts for all, and one click takes it back", async () => {
    const { page, amiss } = await open("/dashboard/what-if");
    await isSettled(page);
    const slider = page.getByRole("slider", { name: "collaborative" });
    const save = page.getByRole("button", { name: "Save for everybody" });
    await slider.focus();
    expect(await save.isDisabled()).toBe(true);
    for (let n = 0; n < 4; n++) await page.keyboard.press("ArrowLeft");
    await slider.and(page.locator('[aria-valuetext="times 0"]')).waitFor();
    // Its weights are 0 for histories of all lengths.
    await page.getByRole("row", { name: "collaborative 0 0 0 0" }).waitFor();
    await page.locator(".stat", { hasText: "Replaced" }).filter({ hasNotText: "0.0 %" }).waitFor();
    expect(await factors()).toEqual({});
    await save.focus();
    await page.keyboard.press("Enter");
    await page.getByText("saved: in force for everybody").waitFor();
    expect(await factors()).toEqual({ collaborative: 0 });
    expect(await tasteCounts()).toBe(false);
    await page.getByRole("button", { name: "Back to before" }).click();
    await page.waitForFunction(() => document.querySelector("input[type=range]")?.getAttribute("aria-valuetext") === "times 1"); // prettier-ignore
    expect(await factors()).toEqual({});
    expect(await tasteCounts()).toBe(true);
    await isSettled(page);
    await expectAccessible(page);
    expect(amiss).toEqual([]);
  });

  test("a slider that is dragged shows its effect before it is let go", async () => {
    const { page, amiss } = await open("/dashboard/what-if");
    await isSettled(page);
    const box = (await page.getByRole("slider", { name: "collaborative" }).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 1, box.y + box.height / 2, { steps: 4 });
    await page.locator(".stat", { hasText: "Replaced" }).filter({ hasNotText: "0.0 %" }).waitFor();
    await page.mouse.up();
    expect(await factors()).toEqual({});
    expect(amiss).toEqual([]);
  });

  test("a failure to save is told, and gone once the factors are read again", async () => {
    const { page } = await open("/dashboard/what-if");
    await isSettled(page);
    await page.route("**/adjustments", (it) => it.abort());
    await page.getByRole("slider", { name: "variety" }).fill("8");
    await page.getByRole("button", { name: "Save for everybody" }).click();
    const failed = page.getByRole("alert");
    await failed.waitFor();
    await page.unroute("**/adjustments");
    await failed.getByRole("button").click();
    await failed.waitFor({ state: "detached" });
    expect(await factors()).toEqual({});
  });

  test("what changes in somebody's list is marked, and fits a phone", async () => {
    const { page, amiss } = await open("/dashboard/what-if", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }); // prettier-ignore
    await isSettled(page);
    await page.getByRole("slider", { name: "variety" }).fill("8");
    // The effect is in sight while a slider is moved, without scrolling.
    const seen = await page.getByRole("region", { name: "Effect" }).boundingBox();
    expect(seen!.y + seen!.height).toBeLessThan(844);
    await page.getByRole("region", { name: "Then" }).getByText("not now").first().waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("nothing is changed").waitFor();
    await page.getByText("same place now").nth(19).waitFor();
    await expectNoSideways(page);
    await expectAccessible(page);
    expect(amiss).toEqual([]);
  });
});
