import { expect, test } from "bun:test";
import { age } from "../../../src/cli/checks/finding.ts";

test("ages are given in the largest whole unit", () => {
  const minute = 60_000;
  expect([0, minute, 119 * minute, 24 * 60 * minute, 80 * 60 * minute].map(age)).toEqual([
    ...["less than a minute", "1 minute", "1 hour", "1 day", "3 days"],
  ]);
});

test("the age of a time in the future is negative", () => {
  expect(age(-3 * 86_400_000)).toBe("minus 3 days");
});
