/** Alarms of the overview: a situation, and its words. */
import { describe, expect, test } from "bun:test";
import type { SignalName } from "../../../src/domain/known-signals.ts";
import type { Readiness } from "../../../src/feed/readiness.ts";
import { alarmsOf, type Facts } from "../../../src/feed/overview/alarms.ts";
import { qualityOf } from "../../../src/feed/overview/quality.ts";
import { fakeService } from "../../support/service.ts";

/** 2025-06-20, in days since the epoch. */
const TODAY = Date.UTC(2025, 5, 20) / 86_400_000;
const well: Readiness = await fakeService().readiness();
const LEARNT_MS = Date.parse(well.learning.last!);

/** Facts of a service that is well, but for what is given. */
const facts = (over: Partial<Facts> = {}): Facts => ({
  today: TODAY,
  readiness: well,
  kinds: new Map(),
  newestMs: 0,
  effects: undefined,
  quality: undefined,
  ...over,
});
const wordsOf = (over: Partial<Facts>) => alarmsOf(facts(over)).map(({ words }) => words);
/** A kind that came on `days` days, the last of them so many days ago. */
const came = (kind: string, daysAgo: number, days = 14) =>
  [kind as SignalName, new Map(Array.from({ length: days }, (_, n) => [TODAY - daysAgo - n, 5]))] as const; // prettier-ignore
const effects = (all: Record<string, boolean>) =>
  new Map(Object.entries(all) as [SignalName, boolean][]);

describe("alarms", () => {
  test("there is none where all is well", () => {
    const kinds = new Map([came("view", 0), came("like", 1)]);
    expect(alarmsOf(facts({ kinds, effects: effects({ view: true, like: true }) }))).toEqual([]);
  });

  test("a signal that came every day and has not for three days has stopped", () => {
    expect(wordsOf({ kinds: new Map([came("view", 0), came("like", 3)]) })).toEqual([
      "No like has come since 2025-06-17; before, there were some on 14 of 14 days. Check what sends them.",
    ]);
  });

  test("a signal that comes now and then has not stopped, nor one that a daily sync is to bring", () => {
    const kinds = new Map([came("view", 2), came("report", 6, 9)]);
    expect(wordsOf({ kinds })).toEqual([]);
  });

  test("where nothing comes any more, one alarm says so", () => {
    const kinds = new Map([came("view", 4), came("like", 6)]);
    expect(wordsOf({ kinds })).toEqual([
      "Nothing has come regularly since 2025-06-16: check what sends events, or the sync.",
    ]);
    expect(wordsOf({ kinds, readiness: { ...well, demo: true } })).toEqual([]);
  });

  test("a signal that changes nothing for the canary has no effect", () => {
    expect(wordsOf({ effects: effects({ view: true, comment: false }) })).toEqual([
      "One more comment does not change what a made-up person is shown.",
    ]);
  });

  test("where no signal changes anything, one alarm says that too little was learnt", () => {
    expect(wordsOf({ effects: effects({ view: false, like: false }) })).toEqual([
      "Nothing that people do changes what a made-up person is shown: too little has been learnt yet. Send events, then POST /learn.",
    ]);
  });

  test("a snapshot of days is stale once events have come since, and without any it is not", () => {
    const readiness = { ...well, snapshot: { ...well.snapshot!, ageSeconds: 5.5 * 86_400 } };
    const [alarm] = alarmsOf(facts({ readiness, newestMs: LEARNT_MS + 1 }));
    expect(alarm).toMatchObject({ kind: "snapshot_stale", words: expect.stringContaining("5 days old") }); // prettier-ignore
    expect(wordsOf({ readiness, newestMs: LEARNT_MS - 1 })).toEqual([]);
  });

  test("what keeps the first snapshot from being made is said", () => {
    expect(wordsOf({ readiness: { ...well, snapshot: undefined, waitsFor: "no post yet" } })).toEqual(["no post yet"]); // prettier-ignore
  });

  test("an encoder that can't be loaded and a store that can't be written come first, in the words of /health/ready", () => {
    const degraded = ["encoder: the model can't be read", "store: it can't be written"];
    const readiness = { ...well, degraded };
    expect(wordsOf({ readiness, kinds: new Map([came("view", 0), came("like", 3)]) }).slice(0, 2)).toEqual(degraded); // prettier-ignore
  });

  test("quality has fallen if the blend is below the interval of the snapshot before", () => {
    const fitted = (blend: number) =>
      ({ info: { blend: { fitted: true, cases: 1_000, nDcg: { blend, popular: 0.1 } } } }) as never;
    expect(qualityOf(fitted(0.2), undefined)).toMatchObject({
      cases: 1_000,
      blend: { nDcg: 0.2, low: expect.closeTo(0.1764, 3), high: expect.closeTo(0.2259, 3) },
      others: [{ name: "popular", nDcg: 0.1 }],
      before: undefined,
    });
    expect(wordsOf({ quality: qualityOf(fitted(0.19), fitted(0.2)) })).toEqual([]);
    expect(wordsOf({ quality: qualityOf(fitted(0.15), fitted(0.2)) })).toEqual([
      "The blend's nDCG@20 on held-out events fell from 0.200 (at least 0.176) of the snapshot before to 0.150: compare the two, and look for events that are missing or doubled.",
    ]);
  });
});
