/** The effect of factors on a snapshot's held-out cases. */
import { expect, test } from "bun:test";
import { heldOutQualities } from "../../../src/evaluation/held-out.ts";
import { heldOutEffects } from "../../../src/feed/adjusting/held-out-effect.ts";
import type { ServedSnapshot } from "../../../src/feed/snapshot-registry.ts";
import { meanOf } from "../../../src/linalg/vector.ts";
import { atOnce } from "../../../src/runtime/time-slicing.ts";
import { caseOf, withHeldOut } from "../../support/held-out.ts";
import { modelOf, rankingWith } from "../../support/model.ts";

/** The first posts are liked by all, the last are new. */
const model = modelOf(
  Array.from({ length: 60 }, (_, n) => ({ popularity: 60 - n, ageDays: 60 - n })),
);
const snapshotOf = (id: string, cases: Parameters<typeof withHeldOut>[1]) => {
  const { ranker } = rankingWith(withHeldOut(model, cases));
  return { id, ranker } as ServedSnapshot;
};
const NEW = { popular: 0, fresh: 4 };
/** One likes what is new, the other what all like. */
const cases = [caseOf(3, [5], [57]), caseOf(8, [2, 4], [0, 1])];

test("is the mean of all cases before and after, and their paired difference", async () => {
  const snapshot = snapshotOf("a", cases);
  const { cases: size, people, nDcg } = await heldOutEffects()(snapshot, [undefined, NEW]);
  const mean = (factors?: object) => meanOf(atOnce(heldOutQualities(snapshot.ranker, factors as typeof NEW))); // prettier-ignore
  expect({ size, people }).toEqual({ size: 2, people: 2 });
  expect(nDcg).toMatchObject({ before: mean(), after: mean(NEW) });
  expect(nDcg!.difference.mean).toBeCloseTo(mean(NEW) - mean(), 9);
  expect(nDcg!.difference.low).toBeLessThan(nDcg!.difference.high);
});

test("counts a person's cases as one observation", async () => {
  const ofOne = cases.map((it) => ({ ...it, user: 3 }));
  const { people, nDcg } = await heldOutEffects()(snapshotOf("a", ofOne), [undefined, NEW]);
  const { mean, low, high } = nDcg!.difference;
  expect({ people, low, high }).toEqual({ people: 1, low: mean, high: mean });
});

test("of another snapshot is of that one's cases", async () => {
  const effect = heldOutEffects();
  const on = async (id: string, n: number) =>
    (await effect(snapshotOf(id, [cases[n]!]), [undefined, NEW])).nDcg!;
  const [a, b] = [await on("a", 0), await on("b", 1)];
  expect(a.after).toBeGreaterThan(a.before);
  expect(b.after).toBeLessThan(b.before);
});

test("is unknown where nothing was held out", async () => {
  const nothing = await heldOutEffects()(snapshotOf("a", []), [undefined, NEW]);
  expect(nothing).toEqual({ cases: 0, people: 0, nDcg: undefined }); // prettier-ignore
});
