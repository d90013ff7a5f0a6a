import { expect, test } from "bun:test";
import { seededRandom } from "../../src/linalg/random.ts";
import { nearestBytes } from "../../src/index/ivf.ts";

test("the bytes with the largest inner products are those that plain arithmetic finds", () => {
  const [rows, d] = [700, 24];
  const random = seededRandom(6);
  const some = (length: number) =>
    Int8Array.from({ length }, () => Math.floor(255 * random() - 127));
  const bytes = some(rows * d);
  const query = some(d);
  const plain = Array.from({ length: rows }, (_, row) =>
    query.reduce((sum, it, i) => sum + it * bytes[row * d + i]!, 0),
  );
  const order = [...plain.keys()].sort((a, b) => plain[b]! - plain[a]!);
  const { places, products } = nearestBytes(bytes, query, 20);
  expect([...products]).toEqual(order.slice(0, 20).map((row) => plain[row]!));
  expect(new Set(places)).toEqual(new Set(order.slice(0, 20)));
  expect(nearestBytes(bytes.slice(0, 3 * d), query, 20).places).toHaveLength(3);
});
