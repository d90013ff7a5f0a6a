import { expect, test } from "bun:test";
import { pack, unpack } from "../../src/linalg/four-bits.ts";

const unpacked = (bytes: Int8Array) => {
  const out = new Int8Array(bytes.length + 8);
  unpack(pack(bytes), out, 8);
  return [...out.subarray(8)].map((it) => it - 32);
};

test("packing halves the bytes, and keeps every number down to a multiple of 4, in its place", () => {
  const all = Int8Array.from({ length: 64 }, (_, n) => n - 32);
  expect(pack(all)).toHaveLength(32);
  expect(unpacked(all)).toEqual([...all].map((it) => 4 * Math.floor(it / 4)));
});

test("packing clamps what four bits can't hold", () => {
  expect(unpacked(Int8Array.of(127, -128, 32, -33, 0, 1, -1, 31))).toEqual(
    [28, -32, 28, -32, 0, 0, -4, 28], // prettier-ignore
  );
});
