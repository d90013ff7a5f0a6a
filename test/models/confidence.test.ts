import { describe, expect, test } from "bun:test";
import { preferencesOf, presentConfidence, type ConfidenceParams } from "../../src/models/confidence.ts"; // prettier-ignore
import { quantile, ratingScale } from "../../src/models/rating-scale.ts";
import { NO_VIEWS } from "../../src/models/watching.ts";
import { history, type Done } from "../support/histories.ts";

const DAY_MS = 86_400_000;
/** No recency, so that numbers can be added in the head. */
const WEIGHTS = { ...presentConfidence().weights, view: 0.4, like: 0.6, inspire: 0.5 };
const PLAIN: ConfidenceParams = { ...presentConfidence(), weights: WEIGHTS, floor: 1 };
/** One hundred ratings, as bunched at the low end as Socialverse's: most are under 30. */
const LOW = ratingScale(
  history(
    ...Array.from({ length: 100 }, (_, n) => rated(n, n < 80 ? 1 + (n % 30) : 20 + (n - 80) * 4)),
  ),
);

function rated(post: number, value: number): Done {
  return { post, kind: "rating", value };
}

/** Confidence by post. */
function confidenceOf(done: readonly Done[], params = PLAIN, asOfMs = 0, scale = LOW) {
  const { postKeys, confidence } = preferencesOf(
    history(...done),
    { ratings: scale, watching: NO_VIEWS },
    asOfMs,
    params,
  );
  return new Map([...postKeys].map((id, n) => [id, confidence[n]!]));
}

describe("the quantile of a rating", () => {
  const scale = ratingScale(history(...[40, 10, 30, 20, 20].map((value, n) => rated(n, value))));

  test("is the share of ratings below it, ties counted half", () => {
    expect([5, 10, 20, 25, 40, 99].map((it) => quantile(scale, it))).toEqual([
      0, 0.1, 0.4, 0.6, 0.9, 1,
    ]);
  });

  test("is ½ without any rating", () => {
    expect(quantile(ratingScale(history()), 80)).toBe(0.5);
  });

  test("does not read likes, views, or ratings that were taken back", () => {
    const mixed = history(
      rated(1, 50),
      { post: 2, kind: "view" },
      { ...rated(3, 90), withdrawn: true },
    );
    expect([...ratingScale(mixed).sorted]).toEqual([50]);
  });

  test("sorts as numbers: −5 before 9 before 10", () => {
    const them = [10, 9, -5, 100].map((value, n) => rated(n, value));
    expect([...ratingScale(history(...them)).sorted]).toEqual([-5, 9, 10, 100]);
  });
});

describe("confidence", () => {
  test("adds all signals up, none a condition for another", () => {
    const found = confidenceOf([
      { post: 1, kind: "view" },
      { post: 2, kind: "like" }, // a like without a view
      { post: 3, kind: "inspire" },
      { post: 4, kind: "view" },
      { post: 4, kind: "like" },
      { post: 4, kind: "inspire" },
    ]);
    expect(found.get(1)).toBeCloseTo(0.4, 6);
    expect(found.get(2)).toBeCloseTo(0.6, 6);
    expect(found.get(3)).toBeCloseTo(0.5, 6);
    expect(found.get(4)).toBeCloseTo(1.5, 6);
  });

  test("of repeated events grows by ever less: 5,000 views of a post are worth nine", () => {
    const views = (n: number) =>
      confidenceOf(Array.from({ length: n }, () => ({ post: 1, kind: "view" }) as const)).get(1)!;
    expect([1, 2, 3].map((n) => views(n) / 0.4)).toEqual([1, 1.5, 1 + 1 / 2 + 1 / 3].map((it) => expect.closeTo(it, 5))); // prettier-ignore
    expect(views(5_000) / 0.4).toBeCloseTo(Math.log(5_000) + 0.5772, 2);
    expect(confidenceOf([{ post: 1, kind: "view" }, { post: 2, kind: "view" }]).get(2)).toBeCloseTo(0.4, 6); // prettier-ignore
  });

  test("reads a rating by its quantile: where most are low, 40 is good", () => {
    const found = confidenceOf([rated(1, 40), rated(2, 15)]);
    expect(found.get(1)).toBeGreaterThan(0.75);
    expect(found.get(2)).toBeLessThan(0.5);
    expect(found.get(2)).toBeGreaterThan(0);
  });

  test("weighs a person's own scale by their number of ratings", () => {
    // For somebody who gives 60 to everything, 60 means little; nearly everybody gives less.
    const sixties = (count: number) => Array.from({ length: count }, (_, n) => rated(n, 60));
    const [few, many] = [confidenceOf(sixties(1)).get(0)!, confidenceOf(sixties(200)).get(0)!];
    const global = (100 * quantile(LOW, 60) + 10 * 0.6) / 110; // ten even ratings go before
    expect(few).toBeCloseTo((0.5 + 10 * global) / 11, 5);
    expect(many).toBeCloseTo((200 * 0.5 + 10 * global) / 210, 5);
  });

  test("takes a negative rating for a dislike, whatever else was done", () => {
    const alike = ratingScale(history(rated(1, -50), rated(2, -50)));
    const done: Done[] = [{ post: 1, kind: "view" }, { post: 1, kind: "like" }, rated(1, -1)];
    expect(confidenceOf(done, { ...PLAIN, dislike: 0.7 }).get(1)).toBeCloseTo(-0.7, 6);
    // Also where everybody is as harsh, so that it is no low quantile.
    expect(confidenceOf([rated(1, -50)], PLAIN, 0, alike).get(1)).toBe(-1);
  });

  test("takes the lowest tenth of all ratings for dislikes, and nothing above it", () => {
    const scale = ratingScale(history(...Array.from({ length: 100 }, (_, n) => rated(n, n))));
    const found = (value: number) => confidenceOf([rated(1, value)], PLAIN, 0, scale).get(1)!;
    expect(found(9)).toBe(-1); // 9½ of a hundred are not above it
    expect(found(10)).toBeGreaterThan(0);
  });

  test("judges dislikes by everybody's ratings, not by one's own best", () => {
    // Their lowest rating is still among everybody's highest.
    const found = confidenceOf([rated(1, 85), rated(2, 90), rated(3, 95)]);
    for (const it of found.values()) expect(it).toBeGreaterThan(0.7);
  });

  test("halves with age down to a floor", () => {
    const params = { ...PLAIN, halfLifeDays: 10, floor: 0.2 };
    const at = (ageDays: number) =>
      confidenceOf([{ post: 1, kind: "like", atMs: -ageDays * DAY_MS }], params).get(1)!;
    expect(at(0)).toBeCloseTo(0.6, 6);
    expect(at(10)).toBeCloseTo(0.6 * (0.2 + 0.8 / 2), 6);
    expect(at(20)).toBeCloseTo(0.6 * (0.2 + 0.8 / 4), 6);
    expect(at(100_000)).toBeCloseTo(0.6 * 0.2, 6);
  });

  test("ages each signal by itself", () => {
    const params = { ...PLAIN, halfLifeDays: 10, floor: 0 };
    const done: Done[] = [
      { post: 1, kind: "view", atMs: -10 * DAY_MS },
      { post: 1, kind: "like", atMs: 0 },
    ];
    expect(confidenceOf(done, params).get(1)).toBeCloseTo(0.4 / 2 + 0.6, 6);
  });

  test("gives no bonus to events after asOf", () => {
    const later: Done = { post: 1, kind: "like", atMs: 50 * DAY_MS };
    expect(confidenceOf([later], { ...PLAIN, floor: 0 }).get(1)).toBeCloseTo(0.6, 6);
  });

  test("does not age a dislike", () => {
    const params = { ...PLAIN, halfLifeDays: 1, floor: 0 };
    const old: Done = { ...rated(1, -20), atMs: -1_000 * DAY_MS };
    expect(confidenceOf([old], params).get(1)).toBe(-1);
  });
});

describe("withdrawn events", () => {
  test("counts as seen, but for nothing", () => {
    const found = confidenceOf([
      { post: 1, kind: "like", withdrawn: true },
      { post: 2, kind: "view" },
      { post: 2, kind: "like", withdrawn: true },
      { ...rated(3, -50), withdrawn: true },
    ]);
    expect([...found.keys()]).toEqual([1, 2, 3]);
    expect(found.get(1)).toBe(0);
    expect(found.get(2)).toBeCloseTo(0.4, 6);
    expect(found.get(3)).toBe(0);
  });
});

describe("the order of somebody's posts", () => {
  const order = (...done: Done[]) =>
    preferencesOf(history(...done), { ratings: LOW, watching: NO_VIEWS }, 0, PLAIN);

  test("is that of the last event with each, oldest first", () => {
    const { postKeys, lastAtMs } = order(
      { post: 7, kind: "view", atMs: 1 },
      { post: 8, kind: "view", atMs: 2 },
      { post: 9, kind: "view", atMs: 3 },
      { post: 7, kind: "like", atMs: 4 },
    );
    expect([...postKeys]).toEqual([8, 9, 7]);
    expect([...lastAtMs]).toEqual([2, 3, 4]);
  });

  test("is the given one where all times are equal", () => {
    const view = (post: number): Done => ({ post, kind: "view", atMs: 5 });
    const { postKeys, lastAtMs } = order(view(3), view(1), view(2));
    expect([...postKeys]).toEqual([3, 1, 2]);
    expect([...lastAtMs]).toEqual([5, 5, 5]);
  });

  test("of an empty history is empty", () => {
    expect(order().postKeys).toHaveLength(0);
  });
});
