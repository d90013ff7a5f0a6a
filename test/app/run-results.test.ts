/** Results of runs in words. */
import { expect, test } from "bun:test";
import { encodeResult, renewResult } from "../../src/app/run-results.ts";

test("a run that found nothing new says so", () => {
  expect(encodeResult(0)).toEqual({ state: "nothing_new", words: "every text is understood already" }); // prettier-ignore
  expect(renewResult(undefined).state).toBe("nothing_new");
  expect(encodeResult(3)).toMatchObject({ state: "done", words: "3 more texts are understood" });
  expect(encodeResult(1)).toMatchObject({ state: "done", words: "1 more text is understood" });
});
