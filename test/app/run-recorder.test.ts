/** The recorder of runs, over a store in memory: what it keeps of a log, and of which runs there is a record. */
import { expect, test } from "bun:test";
import { openRecorder } from "../../src/app/run-recorder.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { writerOn } from "../support/push.ts";

function recorderOn(store: ReturnType<typeof openStore>) {
  const { log, recorded } = openRecorder({
    log: () => {},
    progress: () => {},
    writer: () => writerOn(store),
    settings: { SEED: 1 },
    nowMs: () => 1,
  });
  const run = (work: () => Promise<unknown>, state: "done" | "nothing_new", isAnswer: boolean) =>
    recorded("sync", work, () => ({ state, words: "" }), isAnswer);
  return { log, run };
}

test("a log has the newest 200 lines of a run, cut to 500 characters, and none of the time after it", async () => {
  using store = openStore(":memory:");
  const { log, run } = recorderOn(store);
  const lines = Array.from({ length: 250 }, (_, n) => `${n} ${"x".repeat(600)}`);
  await run(async () => lines.forEach(log), "done", true);
  log("later");
  const kept = (await store.runs.find(1))!.log.map(({ text }) => text);
  expect(kept).toEqual(lines.slice(50).map((it) => it.slice(0, 500)));
});

test("a run that nobody asked for and that finds nothing new leaves no record, any other does", async () => {
  using store = openStore(":memory:");
  const { run } = recorderOn(store);
  await run(async () => {}, "nothing_new", false);
  await run(async () => {}, "done", false);
  await run(async () => {}, "nothing_new", true);
  await run(() => Promise.reject(new Error("no disk")), "done", false).catch(() => {});
  const states = (await store.runs.list(9)).map(({ state, words }) => `${state} ${words}`.trim());
  expect(states.toReversed()).toEqual(["done", "nothing_new", "failed no disk"]);
});
