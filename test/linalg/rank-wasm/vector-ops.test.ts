/** Columns in a room and columns on the heap: what is done with them comes to the same. */
import { describe, expect, test } from "bun:test";
import { columnsIn, plainColumns, type Columns } from "../../../src/linalg/rank-wasm/vector-ops.ts";
import { openRoom } from "../../../src/linalg/rank-wasm/room.ts";
import { seededRandom } from "../../../src/linalg/random.ts";

const random = seededRandom(3);
/** Some numbers: rough ones have many equals, zeros of both signs, and numbers that are none. */
function numbers(length: number, isRough: boolean): number[] {
  const odd = [0, -0, NaN, Infinity, -Infinity, 1e-40];
  return Array.from({ length }, () => {
    if (!isRough) return random() - 0.5;
    return random() < 0.1 ? odd[Math.floor(odd.length * random())]! : Math.round(9 * random()) - 4;
  });
}
const floats = (columns: Columns, values: readonly number[]) => {
  const out = columns.floats(values.length);
  out.set(values);
  return out;
};
/** The same work on both. */
function both<T>(work: (columns: Columns) => T): { got: T; wanted: T } {
  const columns = columnsIn(openRoom(1 << 23)!);
  return { got: columns.scope(() => work(columns)), wanted: work(plainColumns) };
}

describe.each([0, 1, 2, 3, 4, 5, 63, 1_000, 4_095, 9_001, 40_003])("of %d numbers", (length) => {
  const cases = [0, 1, 2, 60, 400, 8_000, 50_000].flatMap((k) => [true, false].map((it) => [k, it] as const)); // prettier-ignore

  test.each(cases)("the %d largest are the same, rough ones: %p", (k, isRough) => {
    const values = numbers(length, isRough);
    const { got, wanted } = both((it) => [...it.topK(floats(it, values), k)]);
    expect(got).toEqual(wanted);
  });

  test.each(cases)("the %d largest that are allowed are the same, rough ones: %p", (k, isRough) => {
    const values = numbers(length, isRough);
    const allowed = Uint8Array.from(values, () => Number(random() < 0.8));
    const above = isRough ? 0 : -0.2;
    const { got, wanted } = both((it) => {
      const mask = it
        .bytes(length + 3)
        .fill(255)
        .subarray(0, length); // what lies beyond counts for nothing
      mask.set(allowed);
      return [...it.largest(floats(it, values), k, mask, above)].sort((a, b) => a - b);
    });
    expect(got).toEqual(wanted);
  });

  test("what is gathered, put on one scale and added up is the same", () => {
    const values = numbers(length, false).map((it) => 1e3 + it);
    const { got, wanted } = both((it) => {
      const rows = it.words(length);
      for (let n = 0; n < length; n++) rows[n] = (n * 7) % length;
      const column = it.standardise(it.gather(floats(it, values), rows));
      const total = it.floats(length).fill(1);
      it.addWeighted(total, column, 0.3);
      return [...column, ...total];
    });
    expect(got).toHaveLength(2 * length);
    for (let n = 0; n < got.length; n++) expect(got[n]).toBeCloseTo(wanted[n]!, 4);
  });

  test("what is not allowed is dropped, and what is left counted", () => {
    const [before, rows, mask] = [3, 7, 2].map((it) =>
      Array.from({ length }, (_, n) => (n * it) % Math.max(1, length)),
    );
    const { got, wanted } = both((it) => {
      const [kept, places, allowed] = [it.bytes(length), it.words(length), it.bytes(length)];
      kept.set(before!.map((n) => n % 2));
      places.set(rows!);
      allowed.set(mask!.map((n) => Number(n % 3 > 0)));
      return [it.keep(kept, places, allowed), ...kept];
    });
    expect(got).toEqual(wanted);
  });

  test("words that are not 0 are found in their order", () => {
    const words = Array.from({ length }, (_, n) => Number(random() < 0.1) * (n + 1));
    const { got, wanted } = both((it) => {
      const all = it.words(length);
      all.set(words);
      const { places, bits } = it.compact(all);
      return [[...places], [...bits]];
    });
    expect(got).toEqual(wanted);
  });
});

test("there is no room of more than 32 bits can tell", () => {
  expect(openRoom(2 ** 32)).toBeUndefined();
  expect(openRoom(2 ** 40)).toBeUndefined();
});

test.each([
  [3, 2],
  [3, 0],
  [0, 2],
])("nearness to %d columns and from %d others is the same", (near, far) => {
  const values = numbers((near + far) * 24, false);
  const { got, wanted } = both((it) => [...it.nearness(floats(it, values), near, far, 0.3)]);
  expect(got).toHaveLength(24);
  for (let n = 0; n < 24; n++) expect(got[n]).toBeCloseTo(wanted[n]!, 6);
});

describe("a standardised column", () => {
  const standardised = (values: readonly number[]) =>
    both((it) => [...it.standardise(floats(it, values))]);

  test("is the root s of z = s (1 + |s|), z of mean 0 and deviation 1", () => {
    const { got } = standardised([2, 4]);
    expect(got[1]! + got[1]! ** 2).toBeCloseTo(1, 6);
    expect(got[0]).toBe(-got[1]!);
    const far = standardised(Array.from({ length: 101 }, (_, n) => Number(n === 0))).got[0]!;
    expect(far + far ** 2).toBeCloseTo(10, 4); // one of 101: ten deviations from the mean
  });

  test.each([
    ["all equal", [0.1, 0.1, 0.1]],
    ["all equal and large", [1e7, 1e7, 1e7, 1e7, 1e7]],
    ["one", [3]],
    ["none", []],
  ])("of numbers that are %s says nothing", (_, values) => {
    const { got, wanted } = standardised(values);
    for (const it of [got, wanted]) expect(it.map(Math.abs)).toEqual(values.map(() => 0));
  });
});

describe("columns in a room", () => {
  test("are as good outside of a scope", () => {
    const columns = columnsIn(openRoom(1e6)!);
    const kept = columns.floats(3);
    kept.set([1, 3, 2]);
    columns.scope(() => columns.floats(50).fill(9));
    expect([...kept]).toEqual([1, 3, 2]);
    expect([...columns.topK(kept, 2)]).toEqual([1, 2]);
  });

  test("are free again when their scope ends, also by an error", () => {
    const columns = columnsIn(openRoom(1e6)!);
    for (let turn = 0; turn < 100; turn++) {
      const failing = () =>
        columns.scope(() => {
          columns.floats(200_000);
          throw new Error("ranking failed");
        });
      expect(failing).toThrow("ranking failed");
    }
  });

  test("say so where there is no room for more", () => {
    const columns = columnsIn(openRoom(200_000)!);
    expect(() => columns.scope(() => columns.floats(60_000))).toThrow("no room");
  });
});
