import { describe, expect, test } from "bun:test";
import { plainDataset } from "../../support/dataset.ts";
import { emptyDataset } from "../../support/rows.ts";
import { socialverse } from "../../support/socialverse.ts";
import { noon, synced, syncing } from "../../support/upstream.ts";

// 1,050 events of each kind: two pages.
const plain = () => socialverse({ data: plainDataset({ users: 30, posts: 175 }) });

describe("a scan that misses too much", () => {
  test.each(["users", "posts", "like", "inspire", "rating"] as const)(
    "is refused and reported when a fifth of %s is exceeded, until three in a row miss the same",
    async (list) => {
      const standIn = plain();
      using it = await synced(standIn);
      const whole = standIn.data[list].length;
      standIn.data[list].splice(Math.ceil(whole * 0.8) - 1);
      const missing = whole - standIn.data[list].length;
      for (const [day, equal] of [
        [2, 1],
        [3, 2],
      ] as const) {
        const report = await it.sync(noon(day));
        const endpoint = report.endpoints.find((found) => found.endpoint === list);
        expect(endpoint).toMatchObject({ status: "refused", withdrawn: 0 });
        expect(endpoint?.problem).toContain(`${missing} of ${whole} rows are missing`);
        expect(endpoint?.problem).toContain(`too many to be believed`);
        expect(endpoint?.problem).toContain(`(${equal} so far)`);
        expect(report.isComplete).toBeTrue();
        expect(await it.store.scans.heldBack()).toMatchObject([{ endpoint: list, missing }]);
      }
      expect((await it.sync(noon(4))).withdrawn).toBe(missing);
      expect(await it.store.scans.heldBack()).toEqual([]);
      expect(await it.sync(noon(5))).toMatchObject({ isComplete: true, withdrawn: 0 });
    },
  );

  test("is not believed by three that miss others each, nor by two of which one saw the rows", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const { like } = structuredClone(standIn.data);
    await it.sync(noon(1));
    for (const day of [2, 3, 4, 5, 6, 7]) {
      const first = (day % 3) * 300;
      standIn.data.like = like.filter((row) => row.id <= first || row.id > first + 300);
      const report = await it.sync(noon(day));
      expect(report.endpoints[3]).toMatchObject({ status: "refused", withdrawn: 0 });
      expect(report.endpoints[3]!.problem).toContain("(1 so far)");
    }
  });

  test("is believed by three that miss the same and, each day, a few more", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    for (const day of [2, 3]) {
      standIn.data.like = standIn.data.like.filter((row) => row.id > 400 + 10 * day);
      expect(await it.sync(noon(day))).toMatchObject({ withdrawn: 0 });
    }
    standIn.data.like = standIn.data.like.filter((row) => row.id > 440);
    expect(await it.sync(noon(4))).toMatchObject({ withdrawn: 420 }); // what all three missed
    expect(await it.sync(noon(5))).toMatchObject({ withdrawn: 20 });
  });

  test("counts no scan that broke off among the three, and none that was empty", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    standIn.data.like.splice(700);
    await it.sync(noon(2));
    standIn.fault({ kind: "status", status: 401, on: "like", times: 1 });
    await it.sync(noon(3));
    standIn.fault({ kind: "empty", on: "like", times: 1 });
    await it.sync(noon(4));
    expect((await it.sync(noon(5))).endpoints[3]!.problem).toContain("(2 so far)");
    expect(await it.sync(noon(6))).toMatchObject({ withdrawn: 350 });
  });

  test.each([1, 3, 24])("is believed by two, as ever, where only %d rows stand", async (rows) => {
    const { like } = plainDataset({ users: 30, posts: 175 });
    const standIn = socialverse({ data: { ...emptyDataset(), like: like.slice(0, rows + 1) } });
    using it = syncing(standIn);
    standIn.data.like.splice(rows);
    await it.sync(noon(1));
    standIn.data.like.splice(Math.floor(rows / 2), Math.ceil(rows / 2) - (rows === 1 ? 1 : 0));
    await it.sync(noon(2));
    expect(await it.store.scans.heldBack()).toEqual([]);
    expect((await it.sync(noon(3))).withdrawn).toBe(rows - standIn.data.like.length);
  });

  test("does not count as one of the two, but what it saw counts as seen", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const { like } = structuredClone(standIn.data);
    await it.sync(noon(1));
    standIn.data.like = like.slice(1, 700);
    await it.sync(noon(2)); // refused: misses 1 and hundreds of others
    standIn.data.like = like.filter((row) => row.id !== 1 && row.id !== 2);
    expect((await it.sync(noon(3))).withdrawn).toBe(0); // the first complete one to miss 1 and 2
    expect((await it.sync(noon(4))).withdrawn).toBe(2);
  });

  test("is not read again on the same day, when other endpoints are", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    standIn.data.like.splice(100);
    standIn.fault({ kind: "status", status: 401, on: "rating", times: 1 });
    expect((await it.sync(noon(2))).isComplete).toBeFalse();
    const asked = standIn.count("like");
    expect((await it.sync(noon(2))).isComplete).toBeTrue();
    expect(standIn.count("like")).toBe(asked);
  });

  test.each(["like", "view"] as const)(
    "because its first page is empty is asked for again on the same day: %s",
    async (list) => {
      const standIn = plain();
      using it = await synced(standIn);
      standIn.fault({ kind: "empty", on: list });
      for (const day of [2, 2, 3]) {
        const report = await it.sync(noon(day));
        const endpoint = report.endpoints.find((found) => found.endpoint === list);
        expect(endpoint).toMatchObject({ status: "refused", fetchedRows: 0 });
        expect([report.isComplete, report.withdrawn]).toEqual([false, 0]);
      }
      standIn.heal();
      expect(await it.sync(noon(3))).toMatchObject({ isComplete: true, withdrawn: 0 });
    },
  );

  test.each([
    ["like", 3, 3],
    ["like", 1_050, 0],
    ["view", 1_050, 0],
  ] as const)(
    "because %s is empty, of %d rows, loses %d on the third day",
    async (list, rows, gone) => {
      const standIn = plain();
      standIn.data[list].splice(rows);
      using it = await synced(standIn);
      standIn.data[list] = [];
      for (const day of [2, 2, 2, 3, 3])
        expect(await it.sync(noon(day))).toMatchObject({ isComplete: false, withdrawn: 0 });
      const third = await it.sync(noon(4));
      const isBelieved = rows < 25 || list === "view"; // who has many rows does not lose all of them at once
      expect(third).toMatchObject({ isComplete: isBelieved, withdrawn: gone });
      expect(await it.store.scans.heldBack()).toHaveLength(isBelieved ? 0 : 1);
      expect(await it.sync(noon(5))).toMatchObject({ isComplete: isBelieved, withdrawn: 0 });
    },
  );

  test("because it ended early is refused too", async () => {
    const { rating } = plainDataset({ users: 50, posts: 250 });
    const standIn = socialverse({ data: { ...emptyDataset(), rating } });
    using it = await synced(standIn);
    standIn.fault({ kind: "empty", on: "rating", after: 1 });
    const report = await it.sync(noon(2));
    expect(report.endpoints[5]).toMatchObject({ status: "refused", fetchedRows: 1_000 });
  });
});
