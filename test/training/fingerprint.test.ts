import { expect, test } from "bun:test";
import { fingerprint } from "../../src/training/fingerprint.ts";

const DATA = {
  ids: Float64Array.of(1, 2),
  nested: { values: Float32Array.of(0.5), names: ["a", undefined] },
  encoder: undefined,
};

test("a fingerprint is the same for the same data, wherever its arrays lie", () => {
  const elsewhere = { ...DATA, ids: Float64Array.of(9, 1, 2, 9).subarray(1, 3) };
  expect(fingerprint(elsewhere, 1)).toBe(fingerprint(DATA, 1));
  expect(fingerprint(DATA, 1)).toMatch(/^[\da-f]{64}$/);
});

test("a fingerprint differs by every part, and by where one ends and the next begins", () => {
  const others = [
    fingerprint(DATA, 1),
    fingerprint(DATA, 2),
    fingerprint({ ...DATA, ids: Float64Array.of(2, 1) }, 1),
    fingerprint({ ...DATA, encoder: "x" }, 1),
    fingerprint({ ...DATA, nested: { ...DATA.nested, names: ["b", undefined] } }, 1),
    fingerprint({ ...DATA, nested: { ...DATA.nested, values: Float32Array.of(0.5, 0) } }, 1),
    fingerprint(Uint8Array.of(1), Uint8Array.of(2, 3)),
    fingerprint(Uint8Array.of(1, 2), Uint8Array.of(3)),
  ];
  expect(new Set(others).size).toBe(others.length);
});
