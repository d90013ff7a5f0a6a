import { describe, expect, test } from "bun:test";
import { plainKernel } from "../../src/linalg/train-wasm/plain-kernel.ts";
import { invertedLists } from "../../src/linalg/ivf.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { nearestBytes, searchIvf, type Ivf } from "../../src/index/ivf.ts";

const [ROWS, WIDTH] = [3_000, 16];
const random = seededRandom(4);
/** In crowds. */
const crowds = Array.from({ length: 40 * WIDTH }, () => 60 * random() - 30);
const near = () => {
  const crowd = Math.floor(40 * random());
  return Array.from({ length: WIDTH }, (_, i) => 0.8 * crowds[crowd * WIDTH + i]! + 12 * random() - 6); // prettier-ignore
};
const bytes = Int8Array.from(Array.from({ length: ROWS }, near).flat());
const queries = Array.from({ length: 20 }, () => Int8Array.from(near()));

/** Lists, and their rows as they are searched. */
async function listed(): Promise<{ readonly lists: Ivf; readonly rows: Int8Array }> {
  const { centroids, starts, order } = await invertedLists(bytes, WIDTH, 60, plainKernel(), 1);
  const rows = new Int8Array(bytes.length);
  for (const [n, row] of order.entries())
    rows.set(bytes.subarray(row * WIDTH, (row + 1) * WIDTH), n * WIDTH);
  return { lists: { bytes: rows, centroids, starts }, rows };
}

describe("a search among lists", () => {
  test("that looks at all finds what looking at all finds", async () => {
    const { lists, rows } = await listed();
    for (const query of queries) {
      const found = searchIvf(lists, query, 25, ROWS);
      const exact = nearestBytes(rows, query, 25);
      expect(found.products).toEqual(exact.products);
      expect(productsAt(rows, query, found.places)).toEqual([...found.products]);
    }
  });

  test("that looks at a tenth finds nearly all of it, at the places that it names", async () => {
    const { lists, rows } = await listed();
    let [hits, all] = [0, 0];
    for (const query of queries) {
      const { places, products } = searchIvf(lists, query, 25, ROWS / 10);
      expect(productsAt(rows, query, places)).toEqual([...products]);
      const exact = nearestBytes(rows, query, 25);
      hits += products.filter((it) => it >= exact.products.at(-1)!).length;
      all += 25;
    }
    expect(hits / all).toBeGreaterThan(0.9);
    // It does not look at all: among the rows of a single list not all are found.
    const few = searchIvf(lists, queries[0]!, 500, 1).products;
    expect(few.length).toBeLessThan(500);
  });

  test("looks at no more rows than it may", async () => {
    const { lists } = await listed();
    for (const query of queries) {
      const looked = searchIvf(lists, query, ROWS, 600).places.length;
      expect(looked).toBeGreaterThan(300);
      expect(looked).toBeLessThanOrEqual(600);
    }
  });

  test("looks at one list at least, and without lists at all rows", async () => {
    const { lists } = await listed();
    expect(searchIvf(lists, queries[0]!, 5, 0).places).toHaveLength(5);
    const none = { bytes, centroids: new Int8Array(0), starts: new Uint32Array(0) };
    expect(searchIvf(none, queries[0]!, 5, 1)).toEqual(nearestBytes(bytes, queries[0]!, 5));
  });
});

function productsAt(rows: Int8Array, query: Int8Array, places: Uint32Array): number[] {
  return [...places].map((place) =>
    query.reduce((sum, it, i) => sum + it * rows[place * WIDTH + i]!, 0),
  );
}
