import { describe, expect, test } from "bun:test";
import { plainDataset } from "../support/dataset.ts";
import { socialverse } from "../support/socialverse.ts";
import { noon, syncing } from "../support/upstream.ts";

const plain = () => socialverse({ data: plainDataset({ users: 5, posts: 10 }) });
const ROWS = 5 + 10 + 4 * 10;

describe("one sync a UTC day", () => {
  test("a restart on the same day fetches nothing, the next day everything", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    await it.sync(noon(1));
    const asked = standIn.count();
    const again = await it.sync(noon(1) + 11 * 3_600_000);
    expect(again.endpoints.map((found) => found.status).join()).toBe(
      "skipped,skipped,skipped,skipped,skipped,skipped",
    );
    expect(again.isComplete).toBeTrue();
    expect(standIn.count()).toBe(asked);
    await it.sync(noon(1) + 12 * 3_600_000);
    expect(standIn.count()).toBe(2 * asked);
  });

  test("force fetches all the same", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    await it.sync(noon(1));
    expect((await it.sync(noon(1), true)).fetchedRows).toBe(ROWS);
  });

  test("a clock that jumped back causes no second one", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    await it.sync(noon(20));
    const asked = standIn.count();
    for (const day of [19, 1]) await it.sync(noon(day));
    expect(standIn.count()).toBe(asked);
  });

  test("force sets a clock right that was years ahead", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    await it.sync(Date.UTC(2099, 0, 1));
    await it.sync(noon(1), true);
    expect((await it.sync(noon(2))).fetchedRows).toBe(ROWS);
    expect((await it.sync(noon(2))).fetchedRows).toBe(0);
  });
});
