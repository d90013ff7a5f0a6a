import { expect, test } from "bun:test";
import { openRankKernel } from "../../src/linalg/rank-wasm/kernel.ts";
import { openRanker } from "../../src/ranking/feed.ts";
import { personOf } from "../../src/models/person.ts";
import { preparing } from "../../src/ranking/prepared-model.ts";
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { generatedHistory, generatedModel } from "../support/generated.ts";

const POSTS = 400;

test("ranking keeps no array of a request that has ended, and ranks alike with guarded arrays", () => {
  const lists = [false, true].map((isGuarded) => {
    const model = generatedModel(POSTS, 1);
    const { kernel } = atOnce(preparing(model, undefined, () => openRankKernel(isGuarded))).view;
    const stale = kernel.arrays.scope(() => kernel.arrays.floats(1));
    if (isGuarded) expect(() => stale[0]).toThrow("after its scope has ended");
    const { rank, rowOf } = atOnce(openRanker(model, () => new Uint32Array(0)));
    // Twice each: what is kept of a person is read again in a later request.
    return [1, 30, 1, 30].map((length) => {
      const person = personOf(model, rowOf, generatedHistory(model, length, length));
      const asked = { person, categoryMask: undefined, mood: undefined, limit: 100 };
      return [rank(asked), rank(asked)].map(({ rows, failures }) => {
        expect(failures).toEqual([]);
        return [...rows];
      });
    });
  });
  expect(lists[1]).toEqual(lists[0]!);
  expect(lists[0]![1]![0]!.length).toBeGreaterThan(50);
});
