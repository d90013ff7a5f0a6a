import { describe, expect, test } from "bun:test";
import type { Case } from "../../src/evaluation/cases.ts";
import { fitRecency } from "../../src/training/fit-recency.ts";
import { RECENCY } from "../../src/models/models.ts";
import { history } from "../support/histories.ts";
import { AS_OF_MS, modelOf, nearestIn, rankingWith } from "../support/model.ts";

/** Ten posts of one taste (rows 0 to 9), ten of another; neighbours within a taste only. */
const POSTS = 20;
const model = modelOf(
  Array.from({ length: POSTS }, (_, row) => ({ factors: row < 10 ? [1, 0] : [0, 1] })),
  {
    neighbours: Array.from({ length: POSTS * 10 }, (_, n) => {
      const row = Math.floor(n / 10);
      return [row, 10 * Math.floor(row / 10) + (n % 10), 0.1] as const;
    }),
  },
);
const backtests = (cases: readonly Case[]) => [
  { ranker: rankingWith(model).ranker, nearest: nearestIn(model), cases },
];

/** People who liked six of the first taste, then three of the second, and then what `next` says. */
const people = (count: number, next: number): Case[] =>
  Array.from({ length: count }, (_, user) => ({
    history: history(
      ...[0, 1, 2, 3, 4, 5, 10, 11, 12].map((row, n) => ({
        ...({ post: 101 + row, kind: "like", atMs: AS_OF_MS - 100 + n } as const),
      })),
    ),
    ...{ length: 9, user, positives: Uint32Array.of(next) },
  }));

describe("how the past fades in a query", () => {
  test("is fast if people continue with their last likes", () => {
    const { collaborative, neighbours } = fitRecency(backtests(people(60, 15))).recency;
    expect(collaborative).toBeLessThan(0.9);
    expect(neighbours).toBeLessThan(0.9);
  });

  test("is not fitted if people continue with their most frequent likes", () => {
    const { neighbours } = fitRecency(backtests(people(60, 8))).recency;
    expect(neighbours).toBeGreaterThanOrEqual(RECENCY["neighbours"]!);
  });

  test("is fitted among the posts that were shown, where that is known", () => {
    const shown = Uint32Array.of(15, 8);
    const told = people(60, 8).map((it) => ({ ...it, shown }));
    // Of these, long memory puts 8 first; it ranks 15 first only if the past fades.
    const { fits } = fitRecency(backtests(told));
    expect(fits.find(({ setting }) => setting === "decay of neighbours")!.nDcg).toBe(1);
  });

  test("is told with the people who decided, and what the shipped decay would have scored", () => {
    const { recency, fits } = fitRecency(backtests(people(60, 15)));
    const it = fits.find(({ setting }) => setting === "decay of neighbours")!;
    expect(it).toMatchObject({ value: recency["neighbours"]!, observations: 60 });
    expect(it.nDcg).toBeGreaterThan(it.shippedNDcg);
  });

  test("stays the default with few people, and with short histories", () => {
    expect(fitRecency(backtests(people(49, 15)))).toEqual({ recency: RECENCY, fits: [] });
    const short = people(60, 15).map((it) => ({ ...it, length: 4 }));
    expect(fitRecency(backtests(short)).recency).toEqual(RECENCY);
  });

  test("reads everybody at their own length, whatever shorter cases there are", () => {
    const cases = people(60, 15).flatMap((it) => [it, { ...it, length: 5 }, { ...it, length: 1 }]);
    expect(fitRecency(backtests(cases))).toEqual(fitRecency(backtests(people(60, 15))));
  });
});
