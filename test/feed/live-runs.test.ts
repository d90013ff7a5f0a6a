/** News of runs under way, from a store whose records come on. */
import { expect, test } from "bun:test";
import { openStore } from "../../src/data/sqlite/open.ts";
import { liveRuns, type RunNews } from "../../src/feed/live-runs.ts";
import { change } from "../support/changes.ts";

test("a run is told of whole, then what is new of it, then its end; what ended before is not", async () => {
  using store = openStore(":memory:");
  const at = (done: number) => ({ stage: "training", done, total: 2 });
  const lines = [7, 8, 8, 1].map((atMs, n) => ({ atMs, text: `line ${n}` })); // a clock that is set back
  const end = (log: typeof lines) => ({ state: "done", endedAtMs: 9, words: "", log }) as const;
  const before = await change(store, "beginRun", "sync", 1, {}, true);
  await change(store, "endRun", before, { ...end([]), ...at(2) });
  const id = await change(store, "beginRun", "learn", 1, {}, true);
  await change(store, "noteRun", id, 8, at(1), lines.slice(0, 2));
  const stop = new AbortController();
  const news = liveRuns(() => store.runs, stop.signal, 1);
  const next = async () => {
    const { run, lines: added } = (await news.next()).value as RunNews;
    return [run.id, run.state, run.done, ...added.map(({ text }) => text)];
  };
  expect(await next()).toEqual([id, "running", 1, "line 0", "line 1"]);
  await change(store, "noteRun", id, 8, at(2), lines.slice(1)); // the log has lost its oldest line
  expect(await next()).toEqual([id, "running", 2, "line 2", "line 3"]);
  await change(store, "endRun", id, { ...end(lines), ...at(2) });
  expect(await next()).toEqual([id, "done", 2]);
  const later = await change(store, "askForRun", "evaluate", 10);
  expect(await next()).toEqual([later, "waiting", 0]);
  stop.abort();
  expect((await news.next()).done).toBeTrue();
});
