import { describe, expect, test } from "bun:test";
import { vocabulary } from "../../src/linalg/vocabulary.ts";

describe("a vocabulary", () => {
  test("numbers keys in the order given", () => {
    const { keys, rowOf } = vocabulary(Float64Array.of(70, 12, 2 ** 40));
    expect([70, 12, 2 ** 40].map(rowOf)).toEqual([0, 1, 2]);
    expect(keys[rowOf(12)!]).toBe(12);
  });

  test("does not know other keys", () => {
    const { rowOf } = vocabulary(Float64Array.of(70));
    expect(rowOf(0)).toBeUndefined();
    expect(vocabulary(new Float64Array(0)).rowOf(70)).toBeUndefined();
  });

  test("refuses a key that occurs twice", () => {
    expect(() => vocabulary(Float64Array.of(1, 2, 1))).toThrow(RangeError);
  });
});
