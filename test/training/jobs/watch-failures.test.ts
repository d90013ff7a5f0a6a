/** A watch of the store whose runs fail or find nothing. */
import { expect, test } from "bun:test";
import { watching } from "./watching.ts";

test("a request whose run can't be recorded starts one run, not one after another", async () => {
  const it = watching();
  it.push(5_000);
  await it.pass(2);
  await it.ended();
  it.ask(false);
  await it.pass(1);
  await it.ended();
  await it.pass(60);
  expect(it.calls.filter((call) => call.startsWith("run"))).toEqual(["run 1", "run 2"]);
});

test("a run that fails is told and tried again after growing pauses, until one works", async () => {
  const it = watching();
  it.push(5_000);
  await it.pass(2);
  await it.ended(new Error("no room"));
  expect(it.troubles).toEqual(["no room"]);
  await it.pass(5);
  expect(it.calls.filter((call) => call.startsWith("run")).length).toBe(2);
  await it.ended();
  expect(it.troubles.at(-1)).toBeUndefined();
});

test("the first pause after a run that worked is short again", async () => {
  const it = watching();
  it.push(5_000);
  await it.pass(2);
  for (const pauseSeconds of [1, 2, 4]) {
    await it.ended(new Error("no room"));
    await it.pass(pauseSeconds + 1);
  }
  await it.ended();
  it.ask();
  await it.pass(1);
  const runs = () => it.calls.filter((call) => call.startsWith("run")).length;
  const before = runs();
  await it.ended(new Error("no room"));
  await it.pass(2);
  expect(runs()).toBe(before + 1);
});

test("nothing is encoded during the pause after a failure", async () => {
  let tries = 0;
  const fail = async () => {
    tries++;
    throw new Error("no model");
  };
  const it = watching({ encode: fail, run: fail });
  it.push(5_000);
  await it.pass(60);
  expect(tries).toBeWithin(4, 20);
  expect(it.troubles.at(-1)).toBe("no model");
});

test("a hasty snapshot that no run improves is left as it is", async () => {
  const it = watching({ run: async () => void it.calls.push("run") });
  it.push(20);
  await it.pass(60);
  expect(it.calls.filter((call) => call === "run")).toHaveLength(1);
});

test("a store that can't be read is left alone", async () => {
  const it = watching({ state: async () => undefined });
  it.push(20);
  await it.pass(20);
  expect([it.calls, it.troubles]).toEqual([[], []]);
});
