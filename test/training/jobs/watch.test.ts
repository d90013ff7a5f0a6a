/** Watch over a store that grows, on a clock that the test turns. */
import { expect, test } from "bun:test";
import { watching } from "./watching.ts";

test("a first push is served after a second without another, and then learnt in full", async () => {
  const it = watching();
  await it.pass(5);
  expect(it.calls).toEqual([]);
  it.push(20);
  await it.pass(2);
  expect(it.calls.filter((call) => !/encode|renew/.test(call))).toEqual(["quick 6", "run 6"]);
  await it.ended();
  await it.pass(3_600);
  expect(it.calls.filter((call) => call.startsWith("run"))).toHaveLength(1);
});

test("pushes that do not pause are waited for ten seconds, and again where they are more than there are spare rows", async () => {
  const it = watching();
  await it.pass(40, () => it.push(20));
  const quick = it.calls.filter((call) => call.startsWith("quick"));
  expect(quick).toEqual(["quick 10.5", "quick 21", "quick 31.5"]);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 10.5"]);
  await it.ended();
  await it.pass(2);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 10.5"]);
});

test("growth is learnt when the pause is over, and not without any", async () => {
  const it = watching();
  it.push(5_000);
  it.events(1_000);
  await it.pass(2);
  await it.ended();
  it.events(99);
  await it.pass(20 * 60);
  it.events(1);
  await it.pass(1);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1", "run 1202"]);
  await it.ended();
  it.events(500);
  await it.pass(20 * 60);
  expect(it.calls.filter((call) => call.startsWith("run")).at(-1)).toBe("run 1803");
});

test("who asks gets a run at once, or after the one under way; those who ask meanwhile share it", async () => {
  const it = watching();
  it.push(5_000);
  await it.pass(2);
  it.ask();
  await it.pass(1);
  it.ask();
  await it.pass(1);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1"]);
  await it.ended();
  await it.pass(2);
  await it.ended();
  await it.pass(60);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1", "run 4"]);
});

test("events that no run learns from, such as impressions, start one and no more until there are as many again", async () => {
  const it = watching();
  it.push(5_000);
  it.events(1_000);
  await it.pass(2);
  await it.ended();
  it.events(500);
  await it.pass(11 * 60);
  await it.ended(undefined, true);
  it.events(1);
  await it.pass(60 * 60);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1", "run 602"]);
});

test("new texts are encoded within a second and put to use, at most a twentieth of the time", async () => {
  let nowMs = 0;
  const it = watching({
    isRunning: () => false,
    learnt: () => ({ seq: 0, changes: 1e9, posts: 1e6, atMs: 0, isQuick: false }),
    nowMs: () => nowMs,
    renew: async () => {
      it.calls.push(`renew ${nowMs}`);
      nowMs += 1_000;
    },
  });
  it.calls.length = 0;
  for (let n = 0; n < 100; n++, nowMs += 500) await it.pass(0.5, () => it.push(1));
  expect(it.calls.filter((call) => call.startsWith("encode"))).toHaveLength(100);
  expect(it.calls.filter((call) => call.startsWith("renew"))).toEqual(["renew 0", "renew 21000", "renew 42000"]); // prettier-ignore
});
