/** Held-out cases in a snapshot: they are judged as the lists that a feed would have. */
import { describe, expect, test } from "bun:test";
import type { Adjustments } from "../../src/domain/adjustments.ts";
import { personAt, type Case } from "../../src/evaluation/cases.ts";
import { heldOutPeople, heldOutQualities } from "../../src/evaluation/held-out.ts";
import { nDcg } from "../../src/evaluation/metrics.ts";
import { ANYTHING } from "../../src/ranking/query.ts";
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { openSnapshot } from "../../src/snapshot/open.ts";
import { LAYOUT } from "../../src/models/models.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { temporaryFolder } from "../support/folder.ts";
import { caseOf, withHeldOut } from "../support/held-out.ts";
import { modelOf, rankingWith } from "../support/model.ts";
import { unit } from "../support/sketch.ts";

const POSTS = 60;
/** Posts of two kinds, by three creators in turn; the first are liked by all, the last are new. */
const model = modelOf(
  Array.from({ length: POSTS }, (_, n) => ({
    ...{ popularity: POSTS - n, ageDays: POSTS - n, creator: `c${n % 3}`, category: `k${n % 5}` },
    factors: [n % 2, 1 - (n % 2)],
    vector: unit([n % 2, 1 - (n % 2), (n % 7) / 7]),
    isPlaceholder: n === 1,
  })),
);
const { ranker } = rankingWith(model);
const cases = [
  caseOf(3, [5], [7, 9]),
  caseOf(8, [2, 4, 6, 8, 10, 12], [20, 57]),
  caseOf(3, [1], [3]),
];
const judged = withHeldOut(model, cases);
const served = rankingWith(judged).ranker;
const qualities = (factors?: Adjustments) => [...atOnce(heldOutQualities(served, factors))];

describe("held-out cases", () => {
  test.each([
    [undefined],
    [{ variety: 0 }],
    [{ variety: 4, popular: 0 }],
    [{ fresh: 4, collaborative: 0.25 }],
    [{ popular: 0, fresh: 0, collaborative: 0, similar: 0 }],
    [{ half_life: 0.25, fresh: 2 }],
    [{ half_life: 4 }],
  ])("are as good as the feed that has the factors %j", (adjustments) => {
    const listOf = (it: Case) =>
      ranker.rank({ ...ANYTHING, person: personAt(ranker, it), adjustments, limit: 1_000 }).rows;
    const wanted = cases.map((it) => nDcg(listOf(it).subarray(0, 20), new Set(it.positives), 20));
    expect(qualities(adjustments)).toEqual(wanted);
  });

  test("have candidates that are chosen by scores alone, whatever was liked", () => {
    const many = modelOf(
      Array.from({ length: 400 }, (_, n) => ({ popularity: 400 - n, ageDays: 9 })),
    );
    const candidates = (next: number) =>
      withHeldOut(many, [caseOf(1, [5], [next])]).parts["held-out"]!.columns["candidates"]!;
    expect(candidates(399)).toEqual(candidates(7));
    expect(candidates(7).length).toBeLessThan(399);
  });

  test("know whose they are", () => {
    expect([...heldOutPeople(judged)]).toEqual([3, 8, 3]);
  });

  test("are written with a snapshot; one without them has none", () => {
    using folder = temporaryFolder();
    const opened = (id: string) => atOnce(openSnapshot(folder.path, id, LAYOUT)).model;
    const reopened = opened(writeSnapshot(folder.path, judged, "1.2.3", 1_000));
    expect([...atOnce(heldOutQualities(rankingWith(reopened).ranker, { popular: 2 }))]).toEqual(qualities({ popular: 2 })); // prettier-ignore
    const { "held-out": _, ...parts } = model.parts;
    const older = opened(writeSnapshot(folder.path, { ...model, parts }, "1.2.3", 2_000));
    expect(heldOutPeople(older)).toHaveLength(0);
    expect(atOnce(heldOutQualities(rankingWith(older).ranker, undefined))).toHaveLength(0);
  });
});
