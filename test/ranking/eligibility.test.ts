import { describe, expect, test } from "bun:test";
import { heap } from "../../src/linalg/arena.ts";
import {
  bitOf,
  catalogueEligibility,
  eligibilityOf,
  isServable,
  REASONS,
  reasonsIn,
  type Reason,
} from "../../src/ranking/eligibility.ts";
import { traceOf } from "../../src/ranking/trace.ts";
import { HIDDEN, LOCKED, PRIVATE, WITHDRAWN } from "../../src/snapshot/model.ts";
import type { Done } from "../support/histories.ts";
import { AS_OF_MS, modelOf, queryFor, rankingWith } from "../support/model.ts";

const MODEL = modelOf([
  {},
  { flags: LOCKED },
  { flags: PRIVATE | WITHDRAWN },
  {},
  {},
  { flags: LOCKED },
  {},
  { flags: HIDDEN },
  { expiresInDays: 3 },
  { expiresInDays: 2 },
  { expiresInDays: 1 },
  {},
  {},
]);
const { person } = rankingWith(MODEL);
const HISTORY: readonly Done[] = [
  { post: 104, kind: "view" },
  { post: 105, kind: "rating", value: -40 },
  { post: 106, kind: "view" },
];
const ASKED = {
  person: person(HISTORY),
  categoryMask: Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1),
  nowMs: AS_OF_MS + 2 * 86_400_000,
  excluded: Uint32Array.of(11, 0),
  served: Uint32Array.of(12, 11),
  steering: { hidden: Uint32Array.of(12), pulls: [] },
};
const EXPECTED: readonly Reason[][] = [
  ["excluded"],
  ["locked"],
  ["withdrawn", "private"],
  ["seen"],
  ["seen", "disliked"],
  ["locked", "seen", "category"],
  ["category"],
  ["hidden"],
  [],
  ["expired"],
  ["expired"],
  ["excluded", "served"],
  ["creator", "served"],
];

describe("eligibility", () => {
  const query = queryFor(MODEL, ASKED);

  test("has a bit for every reason against a post, and none for an eligible one", () => {
    const { eligible, reasons } = query.eligibility();
    expect([...reasons].map(reasonsIn)).toEqual(EXPECTED as Reason[][]);
    expect([...eligible]).toEqual(EXPECTED.map((it) => Number(it.length === 0)));
  });

  test("of one request leaves that of the catalogue as it was", () => {
    const catalogue = catalogueEligibility(MODEL);
    const before = structuredClone(catalogue);
    eligibilityOf(query, catalogue, heap);
    expect(catalogue).toEqual(before);
    for (const row of MODEL.postKeys.keys())
      expect(catalogue.eligible[row]).toBe(Number(isServable(MODEL, row)));
  });

  test("has a bit of its own for each reason, and words", () => {
    const names = Object.keys(REASONS) as Reason[];
    expect(new Set(names.map(bitOf)).size).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(32);
    for (const name of names) {
      expect(reasonsIn(bitOf(name))).toEqual([name]);
      expect(REASONS[name].words).toMatch(/^(it|you) [a-z ]+$/);
    }
  });

  test("is counted by reason over the whole catalogue, found or not", () => {
    const scored = {
      rows: Uint32Array.of(0),
      foundBy: Uint32Array.of(0b10),
      terms: [],
      score: Float32Array.of(0),
    };
    const sources = ["a", "b"].map((name) => ({ name, retrieve: () => Uint32Array.of(0) }));
    const selectors = [{ name: "diversity", select: (_: unknown, it: Uint32Array) => it }];
    const orders = [Uint32Array.of(0, 1, 2), Uint32Array.of(1, 0, 2)];
    expect(traceOf({ sources, selectors }, { scored, orders }, query.eligibility())).toEqual({
      eligible: 1,
      keptOut: {
        ...{ withdrawn: 1, private: 1, locked: 2, hidden: 1, expired: 2 },
        ...{ seen: 3, disliked: 1, creator: 1, category: 2, excluded: 2, served: 2 },
      },
      found: { a: 0, b: 1 },
      moved: { diversity: 2 },
    });
  });

  test("knows of no time but the request's: without one, nothing has expired", () => {
    const { reasons } = queryFor(MODEL).eligibility();
    expect([8, 9, 10].flatMap((row) => reasonsIn(reasons[row]!))).toEqual([]);
    const last = queryFor(MODEL, { nowMs: Infinity }).eligibility();
    expect([8, 9, 10].map((row) => last.eligible[row])).toEqual([0, 0, 0]);
  });
});
