import { describe, expect, test } from "bun:test";
import { Arena } from "../../src/linalg/arena.ts";

describe("arrays of an arena", () => {
  test("are good until their scope ends, and their room is taken again", () => {
    const arena = new Arena();
    const first = arena.scope(() => arena.addressOf(arena.floats(1_000)));
    for (let turn = 0; turn < 100; turn++) arena.scope(() => arena.floats(1_000));
    expect(arena.scope(() => arena.addressOf(arena.floats(1_000)))).toBe(first);
  });

  test("do not overlap, also in a scope inside another and when the memory grows", () => {
    const arena = new Arena();
    arena.scope(() => {
      const outer = arena.floats(3).fill(1);
      arena.scope(() => arena.words(3).fill(2));
      arena.bytes(20_000_000).fill(3);
      const after = arena.floats(3).fill(4);
      expect([...outer, ...after]).toEqual([1, 1, 1, 4, 4, 4]);
    });
  });

  test("lie on the heap outside of any scope", () => {
    const arena = new Arena();
    const kept = arena.floats(3).fill(7);
    expect(arena.addressOf(kept)).toBeUndefined();
    arena.scope(() => arena.floats(100).fill(9));
    expect([...kept]).toEqual([7, 7, 7]);
  });

  test("are given back when a scope or a job fails", async () => {
    const arena = new Arena();
    const before = arena.allocate(0);
    const fail = () => {
      arena.allocate(1_000_000);
      throw new Error("no");
    };
    expect(() => arena.scope(fail)).toThrow("no");
    expect(arena.scratch(async () => fail())).rejects.toThrow("no");
    await Bun.sleep(0);
    expect(arena.allocate(0)).toBe(before);
  });

  test("that are filled are the caller's own outside of a scope", () => {
    const arena = new Arena();
    const write = (at: number) => void arena.floatsAt(at, 2).set([5, 6]);
    const [one, two] = [arena.filled(2, write), arena.filled(2, () => {})];
    expect([...one]).toEqual([5, 6]);
    expect(two.buffer).not.toBe(one.buffer);
    arena.scope(() => expect([...arena.filled(2, write)]).toEqual([5, 6]));
  });

  test("of more than 4 GB are refused, and smaller ones are made after that", () => {
    const arena = new Arena();
    expect(() => arena.allocate(5e9)).toThrow("4 GB is the most");
    expect(arena.floatsAt(arena.allocate(400), 100)).toHaveLength(100);
  });
});

describe("a guarded array", () => {
  const arena = new Arena(true);

  test("is like any other inside its scope", () => {
    arena.scope(() => {
      const array = arena.floats(4).fill(0);
      array.set([3, 1, 2]);
      array[3] = 5;
      array.subarray(1, 3)[0]! += 10;
      expect([...array]).toEqual([3, 11, 2, 5]);
      expect(Float32Array.from(array, (it) => 2 * it)).toEqual(Float32Array.of(6, 22, 4, 10));
      expect(array.length).toBe(4);
      expect(arena.addressOf(array.subarray(1))).toBe(arena.addressOf(array)! + 4);
    });
  });

  test.each<[string, (array: Float32Array) => unknown]>([
    ["read", (it) => it[0]],
    ["written", (it) => (it[0] = 1)],
    ["measured", (it) => it.length],
    ["copied", (it) => it.slice()],
    ["handed to WASM", (it) => arena.addressOf(it)],
  ])("throws when it is %s after its scope, like its parts", (_, use) => {
    const [stale, part] = arena.scope(() => {
      const array = arena.floats(4);
      return [array, array.subarray(1)] as const;
    });
    arena.scope(() => {
      expect(() => use(stale)).toThrow("after its scope has ended");
      expect(() => use(part)).toThrow("after its scope has ended");
    });
  });
});
