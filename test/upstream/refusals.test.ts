import { describe, expect, test } from "bun:test";
import { plainDataset } from "../support/dataset.ts";
import { emptyDataset } from "../support/rows.ts";
import { socialverse } from "../support/socialverse.ts";
import { noon, syncing } from "../support/upstream.ts";

// 1,050 interactions of each kind: two pages.
const plain = () => socialverse({ data: plainDataset({ users: 30, posts: 175 }) });

describe("a scan that misses too much", () => {
  test.each(["users", "posts", "like"] as const)(
    "is refused and reported when a fifth of %s is exceeded, however often it repeats",
    async (list) => {
      const standIn = plain();
      using it = syncing(standIn);
      await it.sync(noon(1));
      const keep = Math.ceil(standIn.data[list].length * 0.8) - 1;
      standIn.data[list].splice(keep);
      for (const day of [2, 3, 4]) {
        const report = await it.sync(noon(day));
        const endpoint = report.endpoints.find((found) => found.endpoint === list);
        expect(endpoint).toMatchObject({ status: "refused", withdrawn: 0 });
        expect(endpoint?.problem).toContain("too many to be believed");
        expect(report.isComplete).toBeTrue();
      }
    },
  );

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
    using it = syncing(standIn);
    await it.sync(noon(1));
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
      using it = syncing(standIn);
      await it.sync(noon(1));
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

  test("because it ended early is refused too", async () => {
    const { rating } = plainDataset({ users: 50, posts: 250 });
    const standIn = socialverse({ data: { ...emptyDataset(), rating } });
    using it = syncing(standIn);
    await it.sync(noon(1));
    standIn.fault({ kind: "empty", on: "rating", after: 1 });
    const report = await it.sync(noon(2));
    expect(report.endpoints[5]).toMatchObject({ status: "refused", fetchedRows: 1_000 });
  });
});

test("an empty upstream fills an empty store with nothing, and that is complete", async () => {
  using it = syncing(socialverse({ data: plainDataset({ users: 0, posts: 0 }) }));
  expect(await it.sync(noon(1))).toMatchObject({ isComplete: true, fetchedRows: 0 });
});
