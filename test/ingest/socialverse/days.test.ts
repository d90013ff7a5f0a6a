import { describe, expect, spyOn, test } from "bun:test";
import { plainDataset } from "../../support/dataset.ts";
import { socialverse } from "../../support/socialverse.ts";
import { noon, synced, syncing } from "../../support/upstream.ts";

const plain = () => socialverse({ data: plainDataset({ users: 5, posts: 10 }) });
const ROWS = 5 + 10 + 4 * 10;

describe("one sync a UTC day", () => {
  test("a restart on the same day fetches nothing, the next day everything", async () => {
    const standIn = plain();
    using it = await synced(standIn);
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
    using it = await synced(standIn);
    expect((await it.sync(noon(1), true)).fetchedRows).toBe(ROWS);
  });

  test.each([
    ["years", Date.UTC(2036, 0, 1)],
    ["a day", noon(2)],
    ["hours, on the same day", noon(1) + 3 * 3_600_000],
  ])("a clock that was ahead by %s keeps nobody from syncing, and is named", async (_, aheadMs) => {
    const standIn = plain();
    using it = syncing(standIn);
    await it.sync(aheadMs);
    expect(await it.store.scans.lastRun(noon(1))).toBeUndefined();
    const report = await it.sync(noon(1));
    expect(report).toMatchObject({ isComplete: true, fetchedRows: ROWS });
    const at = new Date(aheadMs).toISOString().slice(0, 19);
    expect(report.disbelieved).toStartWith(`the last sync is from the future, ${at}Z`);
    const later = await it.sync(noon(1) + 60_000);
    expect(later).toMatchObject({ fetchedRows: 0, disbelieved: "" });
  });

  test("a clock that jumped back, rightly or not, causes one for each day that it shows", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    await it.sync(noon(20));
    const asked = standIn.count();
    for (const day of [19, 19, 20, 20]) await it.sync(noon(day));
    expect(standIn.count()).toBe(2 * asked);
  });

  test("a clock put right by minutes is none that was wrong", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    expect(await it.sync(noon(1) - 240_000)).toMatchObject({ fetchedRows: 0, disbelieved: "" });
  });

  test("a clock that was never set stores nothing", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const failure = await it.sync(86_400_000).catch((cause: unknown) => cause);
    expect(String(failure)).toContain("ClockError: this machine's clock says 1970-01-02: set it");
    expect(standIn.count()).toBe(0);
  });

  test("a run that died before it was noted is complete by the next one", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const complete = spyOn(it.store.scans, "complete").mockRejectedValue(new Error("killed"));
    await it.sync(noon(1)).catch(() => {});
    complete.mockRestore();
    expect(await it.sync(noon(1))).toMatchObject({ isComplete: true, fetchedRows: 0 });
    expect(await it.store.scans.lastRun(noon(1))).toMatchObject({ day: "2025-06-01" });
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
