/** Results of runs in words. */
import { expect, test } from "bun:test";
import { encodeResult, renewResult, syncResult } from "../../src/app/run-results.ts";

test("a run says what it found, or that nothing was new", () => {
  expect(encodeResult(0)).toEqual({ state: "nothing_new", words: "every text is understood already" }); // prettier-ignore
  expect(renewResult(undefined).state).toBe("nothing_new");
  const report = { day: "2026-01-01", fetchedRows: 0, changedRows: 0, withdrawn: 0, endpoints: [], disbelieved: "" }; // prettier-ignore
  expect(syncResult({ ...report, isComplete: true })).toMatchObject({ state: "nothing_new", words: "everything was read earlier today" }); // prettier-ignore
  expect(syncResult({ ...report, isComplete: false }).state).toBe("failed");
  expect(renewResult({ snapshot: "s1", posts: 5, embedded: 5 }).words).toBe(
    "5 of 5 posts are understood by their text now (snapshot s1)",
  );
  expect(encodeResult(3)).toMatchObject({ state: "done", words: "3 more texts are understood" });
  expect(encodeResult(1)).toMatchObject({ state: "done", words: "1 more text is understood" });
});
