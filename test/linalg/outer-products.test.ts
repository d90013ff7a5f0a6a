import { expect, test } from "bun:test";
import { addOuterProducts } from "../../src/linalg/outer-products.ts";
import { seededRandom } from "../../src/linalg/random.ts";

test.each([0, 1, 3, 4, 5, 11])("the lower half of A grows by %d outer products", (n) => {
  const [rows, k] = [20, 6];
  const random = seededRandom(n);
  const factors = Float32Array.from({ length: rows * k }, () => random() - 0.5);
  const chosen = Uint32Array.from({ length: n }, () => Math.floor(rows * random()));
  const confidence = Float32Array.from({ length: n }, () => random() - 0.5);
  const a = new Float64Array(k * k).fill(1);
  addOuterProducts(a, factors, k, chosen, confidence);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      let wanted = 1;
      for (let p = 0; p < n && j <= i; p++) {
        const y = chosen[p]! * k;
        wanted += Math.abs(confidence[p]!) * factors[y + i]! * factors[y + j]!;
      }
      expect(a[i * k + j]).toBeCloseTo(wanted, 12);
    }
});
