/** Runs of an app: recorded as they come, asked for by whoever serves, told of live, interrupted by a kill. */
import { expect, test } from "bun:test";
import type { App } from "../../src/app/compose.ts";
import type { Askable, RunKind } from "../../src/domain/run.ts";
import { change } from "../support/changes.ts";
import { dayLasts } from "../support/day.ts";
import { until } from "../support/program.ts";
import { TOKEN } from "../support/socialverse.ts";
import { appsOfEachTest, isQuiet, LEARNT_TEXTS } from "./apps.ts";

const { open, run } = appsOfEachTest();

const FAILED = { state: "failed", words: "no disk", log: [], stage: "", done: 0, total: 0 } as const; // prettier-ignore
const runsOf = async ({ service }: App, kind?: RunKind) => service.runs.list(100, kind);
/** Asks for a run and waits for its end. */
async function finished(app: App, kind: Askable, asker = app) {
  const id = await asker.service.runs.ask(kind);
  return until(async () => {
    const found = await app.service.runs.find(id);
    return found?.run.endedAtMs === undefined ? undefined : found;
  });
}

test("sync, encoding and learning of a start are recorded with what they did, and no secret", async () => {
  const { app, said } = run();
  await said(LEARNT_TEXTS);
  await isQuiet(app);
  const done = (await runsOf(app)).filter(({ state }) => state === "done");
  const kinds = done.map(({ kind }) => kind);
  expect(["sync", "encode", "learn"].filter((it) => !kinds.includes(it as RunKind))).toEqual([]);
  const [sync] = await runsOf(app, "sync");
  expect(sync).toMatchObject({ words: expect.stringMatching(/^synced \d+ rows, /), total: 6 }); // prettier-ignore
  const learnt = done.find(({ kind }) => kind === "learn")!;
  const { run: learn } = (await app.service.runs.find(learnt.id))!;
  expect(learn).toMatchObject({
    figures: { posts: 25, "posts understood by their text": 25 },
    settings: { SEED: 1, version: "1.2.3", "weight of popular": expect.any(String) },
  });
  expect(learn.log.map(({ text }) => text)).toContain("training");
  const everything = JSON.stringify(await Promise.all(done.map(({ id }) => app.service.runs.find(id)))); // prettier-ignore
  expect(everything).not.toContain(TOKEN);
  expect(everything).not.toMatch(/FLIC_TOKEN|RESONANCE_ALGORITHM/);
});

test("a process that only serves may ask; the one that learns here does it, and all are told of it live", async () => {
  const { app, said } = run();
  await said(LEARNT_TEXTS);
  await isQuiet(app);
  const { app: other } = open();
  const end = new AbortController();
  const states: string[] = [];
  const told = (async () => {
    for await (const { run: it } of other.service.runs.live(end.signal)) {
      states.push(`${it.kind} ${it.state}`);
      if (it.kind === "evaluate" && it.endedAtMs !== undefined) end.abort();
    }
  })();
  expect((await finished(app, "sync", other)).run).toMatchObject({ state: "done", askedAtMs: expect.any(Number) }); // prettier-ignore
  expect((await finished(app, "learn", other)).run.state).toBe("nothing_new");
  const { run: evaluated } = await finished(app, "evaluate", other);
  expect(evaluated.state).toBe("done");
  const names = evaluated.quality!.rankings.map(({ name }) => name);
  expect(["blend", "popularity", "collaborative"].filter((it) => !names.includes(it))).toEqual([]);
  for (const { nDcg, low, high } of evaluated.quality!.rankings)
    expect(low <= nDcg && nDcg <= high).toBeTrue();
  await told;
  expect(states.at(-1)).toBe("evaluate done");
});

test("a run that was under way when its process was killed says so at the next start", async () => {
  const first = open().app;
  const id = await change(first.store, "beginRun", "learn", 1, {}, true);
  expect((await first.service.runs.refusals()).sync).toContain(`run ${id} (learn) is under way`);
  const { app } = run();
  await until(async () =>
    (await app.service.runs.find(id))?.run.state === "interrupted" ? true : undefined,
  );
});

test("a sync that was asked for comes after the daily one, and reads upstream again", async () => {
  await dayLasts();
  const first = open().app;
  const id = await first.service.runs.ask("sync");
  const { app } = run();
  await until(async () => ((await first.service.runs.find(id))?.run.endedAtMs ? true : undefined));
  const syncs = await runsOf(app, "sync");
  expect(syncs.map((it) => [it.id === id, it.state])).toEqual([[false, "done"], [true, "done"]]); // prettier-ignore
  expect(syncs[1]!.startedAtMs).toBeGreaterThanOrEqual(syncs[0]!.endedAtMs!);
});

test("an own catalogue has no upstream to sync and nothing to learn from; another holder of the lease is named", async () => {
  const { app } = open({ CATALOGUE: "own", FLIC_TOKEN: "" });
  expect(await app.service.runs.refusals()).toEqual({
    sync: "this catalogue has no upstream to sync: apps send its posts and events",
    learn: "no post is stored yet",
    evaluate: "no event is stored yet",
  });
  await app.cycle.sync(false);
  expect(await runsOf(app)).toEqual([]);
  await app.service.push.posts([{ id: "a", title: "Bread" }]);
  // Posts are counted now and then.
  await until(async () => (await app.service.runs.refusals()).learn === undefined || undefined);
  const { app: other } = open({ CATALOGUE: "own", FLIC_TOKEN: "" });
  await other.takeLease("vidrec tune");
  expect((await other.service.runs.refusals()).learn).toBeUndefined();
  expect((await app.service.runs.refusals()).learn).toMatch(/^vidrec tune \(process \d+\) syncs and learns here: if it serves, start the run there, else wait until it ends or stop it$/); // prettier-ignore
});

test("a run that fails says why, and the next one is told apart from the last that was done", async () => {
  const { app, said } = run();
  await said(LEARNT_TEXTS);
  await isQuiet(app);
  const recorded = await runsOf(app, "learn");
  const last = recorded.find(({ state }) => state === "done")!;
  const id = await change(app.store, "beginRun", "learn", 1, { SEED: 2, version: "1.2.3" }, true);
  await change(app.store, "endRun", id, { ...FAILED, endedAtMs: 2 });
  const found = (await app.service.runs.find(id))!;
  expect([found.before!.id, found.run.words]).toEqual([last.id, "no disk"]);
  expect(found.differences).toEqual([{ name: "SEED", before: 1, now: 2 }]);
});
