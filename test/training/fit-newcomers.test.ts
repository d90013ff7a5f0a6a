import { describe, expect, test } from "bun:test";
import { datasetOf, historiesOf, postsOf, type Event } from "../../src/benchmarks/events.ts";
import { fresh } from "../../src/models/freshness/model.ts";
import { POPULARITY } from "../../src/models/popularity/popularity.ts";
import type { Dataset } from "../../src/training/dataset.ts";
import { fitNewcomers } from "../../src/training/fit-newcomers.ts";
import { learn } from "../../src/training/run.ts";
import { lookBacksOf } from "../../src/training/look-backs.ts";
import { oneThread } from "../support/kernel.ts";

const DAY_MS = 86_400_000;
const [POSTS, DAYS] = [300, 250];
const SHIPPED_FRESH = fresh.weights![0];

/**
 * A store in which ten people come every week, and like what `chosen` says for the day they come, beside `others`.
 * All posts existed before the first.
 */
function store(
  chosen: (day: number, person: number) => readonly number[],
  days = DAYS,
  others: readonly Event[] = [],
): Dataset {
  const events = Array.from({ length: Math.floor((10 * days) / 7) }, (_, person) => {
    const day = (7 * person) / 10;
    return chosen(day, person).map((post, n) => like(1 + person, post, day * DAY_MS + n));
  }).flat();
  const posts = postsOf(
    Array.from({ length: POSTS }, (_, n) => ({
      id: 1 + n,
      title: `Post number ${n}`,
      createdAtMs: -1e9,
    })),
  );
  return datasetOf(posts, historiesOf([...events, ...others]), days * DAY_MS);
}

const like = (userKey: number, post: number, atMs: number): Event => ({
  ...{ userKey, postKey: 1 + (post % POSTS), kind: "like", value: 1, atMs },
});

/** Favourites that last, and others that change every five days: 25 of either. */
const lasting = (day: number, person: number) =>
  [0, 1, 2].map((n) => (7 * person + 11 * n + 3 * Math.floor(day)) % 25);
const passing = (day: number, person: number) => {
  const week = Math.floor(day / 7);
  return [0, 1, 2].map((n) => 30 + 10 * week + ((3 * person + n) % 10));
};

/** A store in which newcomers like posts 0 to 24, and as many who came long ago as many newer posts, as often. */
const ofOld = () => {
  const regulars = Array.from({ length: 8 * DAYS }, (_, n) =>
    like(1_000 + (n % 200), 25 + ((3 * n) % 25), (n / 8) * DAY_MS),
  );
  const data = store(lasting, DAYS, regulars);
  const createdAtMs = data.posts.createdAtMs.map((_, row) => (row < 25 ? -1_000 : -row) * DAY_MS);
  return { ...data, posts: { ...data.posts, createdAtMs } };
};

/** The store as if one person had done everything. */
function ofOne({ histories, ...data }: Dataset): Dataset {
  const { userKeys, rowStart } = histories;
  const one = { userKeys: Float64Array.of(1), rowStart: Uint32Array.of(0, rowStart[userKeys.length]!) }; // prettier-ignore
  return { ...data, histories: { ...histories, ...one }, profiles: [undefined] };
}

const fitted = (data: Dataset) => fitNewcomers(data, oneThread);

describe("the list of newcomers", () => {
  test("fades slowly where the same posts are liked for long", async () => {
    const { popularity, fits } = await fitted(store((day, person) => (person % 2 ? lasting(day, person) : [25 + (person % 270)]))); // prettier-ignore
    expect(popularity.halfLifeDays).toBeGreaterThan(POPULARITY.halfLifeDays);
    expect(fits[0]).toMatchObject({ setting: "newcomers' list", observations: 20 });
    expect(fits[0]!.nDcg).toBeGreaterThan(fits[0]!.shippedNDcg);
  });

  test("fades fast where they change from week to week, but not within one", async () => {
    const { halfLifeDays } = (await fitted(store(passing))).popularity;
    expect(halfLifeDays).toBe(7); // a look-back's time
    const cut = { by: "time", share: 0.01 } as const;
    const { popularity } = await fitNewcomers(store(passing), oneThread, { cut });
    expect(popularity.halfLifeDays).toBeLessThan(7); // that of a shorter backtest
  });

  test("stays as shipped though one day is out of the ordinary", async () => {
    const crowd = (day: number, person: number) =>
      Math.floor(day / 7) === 30 ? [290, 291, 292] : lasting(day, person);
    const usual = await fitted(store(lasting));
    expect((await fitted(store(crowd))).popularity).toEqual(usual.popularity);
  });

  test("has no newness where nobody likes what is new", async () => {
    const { fresh, fits } = await fitted(ofOld());
    expect(fresh).toBe(0);
    expect(fits[1]).toMatchObject({ setting: "freshness in newcomers' list", value: 0 });
    expect(fits[1]!.nDcg).toBeGreaterThan(fits[1]!.shippedNDcg);
  });

  test("goes into the blend with its newness", async () => {
    const { info } = await learn(ofOld(), { seed: 1, kernel: oneThread, onProgress: () => {} });
    expect(info.blend.weights["fresh"]![0]).toBe(0);
    expect(info.blend.weights["popular"]![0]).toBe(1);
    const options = { seed: 1, kernel: oneThread, onProgress: () => {}, without: ["fresh"] };
    const { fits } = (await learn(ofOld(), options)).info;
    expect(fits!.map((it) => it.setting)).not.toContain("freshness in newcomers' list");
  });

  test("has the shipped newness where nobody comes new: known people's choices say nothing of it", async () => {
    const { fresh, fits } = await fitted(ofOne(store(passing)));
    expect(fresh).toBe(SHIPPED_FRESH);
    expect(fits.map((it) => it.setting)).toEqual(["popularity"]);
  });

  test.each(["fresh", "popular"])("is fitted without %s where that is left out", async (term) => {
    const { fresh, popularity } = await fitNewcomers(ofOld(), oneThread, { without: [term] });
    expect(fresh).toBe(SHIPPED_FRESH);
    if (term === "popular") expect(popularity).toEqual(POPULARITY);
  });

  test("is as shipped where nothing has a time, or nobody has come", async () => {
    const shipped = { popularity: POPULARITY, fits: [] };
    expect(await fitted(store(() => [1, 2], 0))).toMatchObject(shipped);
    const { histories, ...data } = store(lasting);
    const atOnce = { ...histories, atMs: histories.atMs.map(() => data.asOfMs) };
    expect(await fitted({ ...data, histories: atOnce })).toMatchObject(shipped);
  });
});

test("a store of five days has too few look-backs to fit anything", async () => {
  const crowd = Array.from({ length: 400 }, (_, n) => like(1_000 + n, 40 * Math.floor(n / 100) + (n % 25), (n / 80) * DAY_MS)); // prettier-ignore
  const data = store(passing, 5, crowd);
  expect(lookBacksOf(data).all.length).toBeGreaterThan(0);
  expect((await fitted(data)).fits).toEqual([]);
});

describe("what texts lead to expect", () => {
  const [DOGS, TAXES, OTHER] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]] as const; // prettier-ignore
  /** Rows 0 to 29 are about dogs, 30 to 89 about taxes. */
  const told = (data: Dataset): Dataset => ({
    ...data,
    encoder: { model: "three", dimension: 3 },
    embeddings: Float32Array.from(
      [...data.posts.keys.keys()].flatMap((row) => (row < 30 ? DOGS : row < 90 ? TAXES : OTHER)),
    ),
    embedded: POSTS,
  });
  const weight = async (chosen: Parameters<typeof store>[0]) =>
    (await fitted(told(store(chosen)))).popularity.priorWeight;
  test("counts more where people like further posts about the same", async () => {
    const further = (day: number, person: number) => [0, 1, 2].map((n) => (person + Math.floor(day / 7) + n) % 30); // prettier-ignore
    const { popularity, fits } = await fitted(told(store(further)));
    expect(popularity.priorWeight).toBeGreaterThanOrEqual(POPULARITY.priorWeight);
    // Freshness is fitted on lists that know what texts lead to expect.
    const [, text, newness] = fits;
    expect(newness!.shippedNDcg).toBeCloseTo(text!.nDcg, 9);
  });

  test("counts nothing where they like some of them, and never the others", async () => {
    const some = (day: number, person: number) =>
      person % 10 === 0 // an account with one event counts little
        ? [30 + ((person / 10) % 5)]
        : [0, 3, 6, 9, 12].map((n) => (person + Math.floor(day / 7) + n) % 15);
    expect(await weight(some)).toBe(0);
  });
});

describe("look-backs", () => {
  test("ask for a week each, and know nothing of it", () => {
    const { all, days, isOfNewcomers } = lookBacksOf(store(lasting));
    expect([all.length, days, isOfNewcomers]).toEqual([20, 7, true]);
    for (const [n, it] of all.entries()) {
      expect(it.people.length).toBeGreaterThanOrEqual(8);
      expect(it.asOfMs).toBeLessThan((DAYS - 7 * (n + 1)) * DAY_MS + 1);
      expect(Math.max(...it.entries.atMs)).toBe(it.asOfMs);
      for (const { seen } of it.people) expect(seen.size).toBe(0);
    }
  });

  test("ask for longer where fewer people come", () => {
    const few = store((day, person) => (person % 5 === 0 ? lasting(day, person) : []));
    const { all } = lookBacksOf(few);
    expect(all.length).toBeGreaterThan(3);
    expect(all.length).toBeLessThan(10);
    for (const { people } of all) expect(people.length).toBeGreaterThanOrEqual(7);
  });

  test("ask everybody where nobody comes new, without what they have seen", () => {
    const { all, isOfNewcomers } = lookBacksOf(ofOne(store(lasting)));
    expect(isOfNewcomers).toBe(false);
    for (const { people } of all)
      for (const { seen, positives } of people)
        expect([...positives].filter((row) => seen.has(row))).toEqual([]);
  });

  test("are as long as a backtest in a store that is three weeks old", () => {
    const { all, days } = lookBacksOf(store(lasting, 20));
    expect(days).toBeCloseTo(2.5, 1);
    expect(all.length).toBeGreaterThan(1);
  });
});
