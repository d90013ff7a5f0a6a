/** Results of runs in words. */
import { expect, test } from "bun:test";
import { encodeResult, renewResult, syncResult } from "../../src/app/run-results.ts";

test("a run that found nothing new says so", () => {
  expect(encodeResult(0)).toEqual({ state: "nothing_new", words: "every text is understood already" }); // prettier-ignore
  expect(renewResult(undefined).state).toBe("nothing_new");
  const report = { day: "2026-01-01", fetchedRows: 0, changedRows: 0, withdrawn: 0, endpoints: [], disbelieved: "" }; // prettier-ignore
  expect(syncResult({ ...report, isComplete: true })).toMatchObject({ state: "nothing_new", words: "everything was read earlier today" }); // prettier-ignore
  expect(syncResult({ ...report, isComplete: false }).state).toBe("failed");
  expect(encodeResult(3)).toMatchObject({ state: "done", words: "3 more texts are understood" });
  expect(encodeResult(1)).toMatchObject({ state: "done", words: "1 more text is understood" });
});
