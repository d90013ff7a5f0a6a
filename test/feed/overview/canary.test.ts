/** The canary: each kind of event is tried on a made-up person. */
import { afterEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  knowSignals,
  type AddedSignal,
  type SignalName,
} from "../../../src/domain/known-signals.ts";
import { effectsOfSignals } from "../../../src/feed/overview/canary.ts";
import { dailyTally } from "../../../src/feed/overview/daily.ts";
import { overviewReader } from "../../../src/feed/overview/reader.ts";
import { openWorld } from "../../support/feeds.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { AS_OF_MS } from "../../support/model.ts";
import { type PostSketch } from "../../support/sketch.ts";
import { fakeService } from "../../support/service.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

/** So many posts, every other one about running, the rest about cooking. */
const posts = (count: number): PostSketch[] =>
  Array.from({ length: count }, (_, n) => ({
    category: n % 2 === 0 ? "running" : "cooking",
    vector: n % 2 === 0 ? [1, n / count, 0.1] : [0.1, 1, n / count],
    factors: n % 2 === 0 ? [1, n / count] : [n / count, 1],
  }));

async function openServed(count: number, signals: readonly AddedSignal[] = []) {
  const folder = temporaryFolder();
  const world = openWorld(folder.path, posts(count));
  knowSignals(signals); // opening a store has set them to its own
  await world.fill();
  world.learn();
  const [dispose, served] = [() => (world[Symbol.dispose](), folder[Symbol.dispose]()), world.serve()]; // prettier-ignore
  return { world, served, [Symbol.dispose]: dispose };
}

/** The setting comment:0. */
const NO_COMMENTS = { code: 8, name: "comment", weight: 0 };
afterEach(() => knowSignals([]));

describe("the canary", () => {
  test("tells that every signal with a weight changes its list", async () => {
    using it = await openServed(90);
    const effects = (await effectsOfSignals(it.served.recommend, AS_OF_MS))!;
    expect([...effects].filter(([, has]) => !has)).toEqual([]);
    expect([...effects.keys()]).toContainValues(["like", "view", "skip", "hide", "less"] as SignalName[]); // prettier-ignore
    expect(effects.has("impression")).toBe(false); // is to have none
  });

  test("finds the signal that a setting gives the weight 0", async () => {
    using it = await openServed(90, [NO_COMMENTS]);
    const effects = (await effectsOfSignals(it.served.recommend, AS_OF_MS))!;
    expect([...effects].filter(([, has]) => !has)).toEqual([["comment", false]]);
  });

  test("says nothing where the catalogue is too small to tell", async () => {
    using it = await openServed(20);
    expect(await effectsOfSignals(it.served.recommend, AS_OF_MS)).toBeUndefined();
  });
});

describe("the overview", () => {
  const service = fakeService();
  const depsOf = ({ served, world }: Awaited<ReturnType<typeof openServed>>) => ({
    registry: served.registry,
    tally: dailyTally(world.store.events),
    counts: async () => ({ posts: 90, people: 1, events: 1 }),
    readiness: service.readiness,
    recommend: served.recommend,
    before: () => undefined,
    nowMs: () => AS_OF_MS,
  });

  test("has each of the days, with what came on it, and the alarm of a signal without effect", async () => {
    using it = await openServed(90, [NO_COMMENTS]);
    await it.world.did(7, { post: 101, kind: "comment", atMs: AS_OF_MS - 86_400_000 });
    const { days, signals, alarms } = await overviewReader(depsOf(it))(3);
    expect(days).toEqual([
      { day: "2025-05-30", posts: 1, people: 0, events: 0 },
      { day: "2025-05-31", posts: 1, people: 1, events: 1 },
      { day: "2025-06-01", posts: 1, people: 0, events: 0 },
    ]);
    expect(signals[0]).toMatchObject({ kind: "comment", events: 1, pushedMs: 0, hasEffect: false });
    expect(alarms).toEqual([
      {
        kind: "signal_without_effect",
        words: "One more comment does not change what a made-up person is shown: SIGNALS gives it the weight 0.", // prettier-ignore
      },
    ]);
  });

  test("answers where the store can't be read", async () => {
    using it = await openServed(90);
    const read = overviewReader(depsOf(it));
    it.world.store.close();
    const { counts, days, alarms } = await read(3);
    expect([counts?.posts, days.map(({ posts }) => posts), alarms]).toEqual([90, [1, 1, 1], []]);
  });

  test("answers before a long log is counted, without its counts", async () => {
    using it = await openServed(90);
    const events = { ...it.world.store.events, counted: () => new Promise<never>(() => {}) };
    await it.world.did(7, { post: 101, kind: "view" });
    const read = overviewReader({ ...depsOf(it), tally: dailyTally(events) });
    const { days, signals, alarms } = await read(1);
    expect(days).toEqual([{ day: "2025-06-01", posts: 1, people: undefined, events: undefined }]);
    expect([signals.some(({ hasEffect }) => hasEffect), alarms]).toEqual([true, []]);
  });
});
