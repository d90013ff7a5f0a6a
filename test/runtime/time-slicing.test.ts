/** Long work in steps: done at once, or with others' turns in between. */
import { expect, test } from "bun:test";
import { atOnce, inSlices, type Steps } from "../../src/runtime/time-slicing.ts";

/** Counts its steps until it is told that it is enough. */
function* counting(isEnough: (steps: number) => boolean): Steps<number> {
  let steps = 0;
  for (; !isEnough(steps); steps++) yield;
  return steps;
}

test("atOnce runs all steps before any other work", async () => {
  let isOver = false;
  queueMicrotask(() => (isOver = true));
  expect(atOnce(counting((steps) => steps === 1_000))).toBe(1_000);
  expect(isOver).toBeFalse();
});

test("in slices, timers have their turn: work that waits for one ends", async () => {
  let isEnough = false;
  setTimeout(() => (isEnough = true), 1);
  expect(await inSlices(counting(() => isEnough))).toBeGreaterThan(0);
});

test("an exception of a step rejects the work's promise", async () => {
  const broken = () =>
    counting((steps) => {
      if (steps === 3) throw new RangeError("no more");
      return false;
    });
  expect(() => atOnce(broken())).toThrow("no more");
  expect(await inSlices(broken()).catch((cause: Error) => cause.message)).toBe("no more");
});
