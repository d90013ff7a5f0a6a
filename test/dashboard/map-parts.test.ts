/** Parts of the catalogue map that need no browser: the grid that is pointed at, the view, the colours. */
import { describe, expect, test } from "bun:test";
import { seededRandom } from "../../src/linalg/random.ts";
import { coloured } from "../../src/http/dashboard/ui/screens/map-colouring.ts";
import { gridOf } from "../../src/http/dashboard/ui/screens/map-grid.ts";
import { discOf, paint } from "../../src/http/dashboard/ui/screens/map-points.ts";
import { postsOf } from "../../src/http/dashboard/ui/screens/map-posts.ts";
import { fitted, moved, onCanvas, onPlane, zoomed } from "../../src/http/dashboard/ui/screens/map-view.ts"; // prettier-ignore

const SIZE = { width: 600, height: 400 };
const DAY_MS = 86_400_000;
const random = seededRandom(7);
const [x, y] = [0, 1].map(() => Float32Array.from({ length: 500 }, () => random() * 4 - 1)) as [Float32Array, Float32Array]; // prettier-ignore

describe("the grid", () => {
  test("finds the point that is nearest of all, within the radius and among those that fit", () => {
    const { nearest } = gridOf(x, y);
    for (let n = 0; n < 200; n++) {
      const [px, py, radius] = [random() * 5 - 1.5, random() * 5 - 1.5, random() * 0.5];
      const distance = (it: number) => Math.hypot(x[it]! - px, y[it]! - py);
      const near = [...x.keys()].filter((it) => it % 3 !== 0 && distance(it) <= radius);
      const best = near.sort((a, b) => distance(a) - distance(b))[0];
      expect(nearest(px, py, radius, (it) => it % 3 !== 0)).toBe(best);
    }
  });

  test("of no points, and of points at one place, is a grid too", () => {
    expect(gridOf(new Float32Array(0), new Float32Array(0)).nearest(0, 0, 9, () => true)).toBeUndefined(); // prettier-ignore
    const same = new Float32Array(50).fill(2);
    expect(gridOf(same, same).nearest(2, 2, 0.1, (it) => it > 20)).toBeGreaterThan(20);
  });
});

describe("points as pixels", () => {
  const [WHITE, RED] = [0xffffffff | 0, 0xff0000ff | 0];
  const painted = (radius: number, ...places: (readonly [number, number])[]) => {
    const image = { pixels: new Int32Array(20 * 20).fill(WHITE), width: 20, height: 20 };
    const [x, y] = [0, 1].map((axis) => Float32Array.from(places, (it) => it[axis]!)) as [Float32Array, Float32Array]; // prettier-ignore
    const points = { x, y, order: Uint32Array.from(places.keys()), from: 0, until: places.length };
    paint(image, points, { scale: 1, left: 0, top: 20 }, discOf(radius), RED);
    return image.pixels;
  };
  const filled = (pixels: Int32Array) => pixels.filter((it) => it === RED).length;

  test("are discs at their places, y upwards", () => {
    const pixels = painted(3, [10, 15]);
    expect(pixels[5 * 20 + 10]).toBe(RED);
    for (const at of [5 * 20 + 15, 15 * 20 + 10, 0]) expect(pixels[at]).toBe(WHITE);
    expect(filled(pixels)).toBeWithin(18, 38); // π · 3², less the edge
    expect(pixels.some((it) => it !== RED && it !== WHITE)).toBe(true); // which is smooth
  });

  test("lie between pixels, too, and are left out over the edge", () => {
    const share = (x: number) => {
      const pixels = painted(3, [x, 10]);
      const redness = (at: number) => 255 - ((pixels[at]! >> 8) & 255);
      let [sum, moment] = [0, 0];
      for (let at = 0; at < 400; at++) {
        sum += redness(at);
        moment += redness(at) * ((at % 20) + 0.5);
      }
      return moment / sum;
    };
    for (const x of [10, 10.25, 10.5, 10.75]) expect(Math.abs(share(x) - x)).toBeLessThan(0.2);
    expect(filled(painted(3, [0, 10], [10, 30]))).toBe(0);
  });
});

describe("the view", () => {
  const view = fitted(x, y, SIZE);

  test("that fits shows every point, and as large as that goes", () => {
    const places = Array.from(x, (it, n) => onCanvas(view, SIZE, it, y[n]!));
    const highest = Math.min(...places.map(([, py]) => py));
    expect(highest).toBeCloseTo(28, 0);
    for (const [px, py] of places) {
      expect(px).toBeWithin(0, SIZE.width);
      expect(py).toBeWithin(0, SIZE.height);
    }
  });

  test("keeps what is under the pointer there, however it is zoomed, and within limits", () => {
    const before = onPlane(view, SIZE, 100, 50);
    const near = zoomed(view, SIZE, 3, [100, 50], view.scale);
    expect(near.scale).toBeCloseTo(3 * view.scale);
    const after = onPlane(near, SIZE, 100, 50);
    for (const n of [0, 1]) expect(after[n]).toBeCloseTo(before[n]!, 6);
    expect(zoomed(view, SIZE, 1e9, [0, 0], view.scale).scale).toBe(80 * view.scale);
  });

  test("goes along with a drag", () => {
    const [px, py] = onCanvas(moved(view, 30, -20), SIZE, x[0]!, y[0]!);
    const [qx, qy] = onCanvas(view, SIZE, x[0]!, y[0]!);
    expect([px - qx, py - qy].map(Math.round)).toEqual([30, -20]);
  });
});

describe("the colours", () => {
  const columns = (n: number, category: (n: number) => number, shown: (n: number) => number) =>
    postsOf({
      ...{ snapshot: "s", categories: Array.from({ length: 60 }, (_, it) => `c${it}`) },
      ...{ explained: [0.1, 0.1], without_vector: 0, not_shown: 0, shown_since: null },
      posts: {
        id: Array.from({ length: n }, (_, it) => `p${it}`),
        x: Array(n).fill(0),
        y: Array(n).fill(0),
        category: Array.from({ length: n }, (_, it) => category(it)),
        created_at: Array.from({ length: n }, (_, it) => -it * DAY_MS),
        shown: Array.from({ length: n }, (_, it) => shown(it)),
      },
    });

  test("of categories go to the largest, and every post is in the bucket of its own", () => {
    const posts = columns(300, (n) => (n === 299 ? -1 : n < 200 ? n % 12 : n % 3), () => 0); // prettier-ignore
    const { buckets, bucketOf, order, starts } = coloured(posts, "category", 0);
    expect(buckets[0]).toMatchObject({ name: "c0", colour: "--map-1" });
    expect(buckets.filter(({ colour }) => colour !== "--map-other")).toHaveLength(9);
    for (const [n, bucket] of bucketOf.entries()) {
      const own = posts.categories[posts.category[n]!] ?? "no category";
      expect(buckets[bucket]!.name).toBe(own);
      expect(order.subarray(starts[bucket], starts[bucket + 1])).toContain(n);
    }
  });

  test("of more categories than the legend has lines share the last one", () => {
    const { buckets } = coloured(columns(600, (n) => n % 60, () => 0), "category", 0); // prettier-ignore
    expect(buckets).toHaveLength(41);
    expect(buckets.at(-1)).toMatchObject({ name: "20 smaller ones, and none", posts: 200 });
  });

  test("of times shown are each of as many posts, but for those that were never shown", () => {
    const posts = columns(100, () => 0, (n) => (n < 40 ? 0 : n)); // prettier-ignore
    const { buckets } = coloured(posts, "shown", 0);
    expect(buckets.map(({ name, posts }) => [name, posts])).toEqual([
      ["90 times or more", 10],
      ["80 to 89 times", 10],
      ["70 to 79 times", 10],
      ["60 to 69 times", 10],
      ["50 to 59 times", 10],
      ["40 to 49 times", 10],
      ["never", 40],
    ]);
    expect([buckets[0]!.colour, buckets.at(-1)!.colour]).toEqual(["--map-ramp-1", "--map-other"]);
  });

  test("of ages begin with the newest", () => {
    const { buckets } = coloured(columns(61, () => 0, () => 0), "age", 0); // prettier-ignore
    expect(buckets[0]).toEqual({ name: "0 to 9 days", colour: "--map-ramp-1", posts: 10 });
    expect(buckets.at(-1)).toMatchObject({ name: "50 days or more", colour: "--map-ramp-6" });
  });
});
