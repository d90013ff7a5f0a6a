import { expect, test } from "bun:test";
import { slicedSort } from "../../src/runtime/sliced-sort.ts";
import { atOnce } from "../../src/runtime/time-slicing.ts";

test("sorts as Array.sort does, whatever the length, and pauses meanwhile", () => {
  for (const length of [0, 1, 499, 500, 501, 1_700, 10_000]) {
    // Many are equal: those keep their order.
    const items = Array.from({ length }, (_, n) => ({ key: (n * 7_919) % 97, n }));
    const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
    expect(atOnce(slicedSort(items, compare))).toEqual(items.toSorted(compare));
    expect([...slicedSort(items, compare)].length).toBeGreaterThanOrEqual(length / 500);
  }
});
