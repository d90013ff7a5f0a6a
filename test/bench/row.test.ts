/** Rows of the benchmarks' table: they say what was measured. */
import { expect, test } from "bun:test";
import { compare, figure, interleaved, known, withinBudget } from "./row.ts";

const ms = (...runs: number[]) => figure(runs, "ms");

test("a figure is the least and the middle of its runs", () => {
  expect(figure([9, 3, 4, 100, 5], "ms", "peer 1.2")).toEqual({
    min: 3,
    median: 5,
    unit: "ms",
    version: "peer 1.2",
  });
  expect(() => figure([], "ms")).toThrow(RangeError);
});

test("the ratio is our median by theirs", () => {
  expect(compare("a", { reach: 1.5, go: 1 }, ms(1, 6, 9), ms(2, 3, 4)).ratio).toBe(2);
});

test("of times, small ratios are wanted; of rates, large ones", () => {
  const times = { reach: 1.5, go: 1 };
  expect(compare("a time", times, ms(1.4), ms(1)).met).toBe(true);
  expect(compare("a time", times, ms(1.6), ms(1)).met).toBe(false);
  const rates = { reach: 50, go: 150 };
  expect(compare("a rate", rates, ms(51), ms(1)).met).toBe(true);
  expect(compare("a rate", rates, ms(49), ms(1)).met).toBe(false);
});

test("a budget is met up to its last millisecond", () => {
  expect(withinBudget("p99", ms(10), 10).met).toBe(true);
  expect(withinBudget("p99", ms(10.1), 10).met).toBe(false);
});

test("what is only to be known has neither ratio nor target", () => {
  const { ratio, reach, go, met, theirs } = known("memory", ms(7));
  expect([ratio, reach, go, met, theirs]).toEqual([null, null, null, null, null]);
});

test("ours and theirs run in turns", async () => {
  const order: string[] = [];
  const run = (who: string) => () => order.push(who);
  const runs = await interleaved(2, run("ours"), run("theirs"));
  expect(order).toEqual(["ours", "theirs", "ours", "theirs"]);
  expect(runs).toEqual({ ours: [1, 3], theirs: [2, 4] });
});
