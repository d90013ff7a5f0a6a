/** The slate's greedy algorithm beside a slow one that computes everything anew at each place. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { seededRandom } from "../../src/linalg/random.ts";
import { orderSlate, SAME_CREATOR, type Slate } from "../../src/ranking/selectors/slate.ts";

const [PAGE, PAGES, POOL, COMPARED, DEPTH, AHEAD, WINDOW] = [20, 2, 48, 68, 200, 12, 6];

/** A list of `size` posts with unit vectors of `d` numbers, labels and caps by chance. */
function someSlate(seed: number, size: number, lambda: number, d = 3): Slate {
  const random = seededRandom(seed);
  const compared = Math.min(size, COMPARED);
  const vectors = Array.from({ length: compared }, () => {
    const vector = Array.from({ length: d }, () => random() - 0.3);
    return vector.map((it) => it / Math.hypot(...vector));
  });
  const stride = Math.ceil(compared / 4) * 4; // lines are as long as a kernel makes them
  const similarity = new Float32Array(compared * stride);
  for (const [a, x] of vectors.entries())
    for (const [b, y] of vectors.entries())
      similarity[a * stride + b] = x.reduce((sum, it, i) => sum + it * y[i]!, 0);
  const caps = (labels: number, most: number) => {
    const column = Array.from({ length: size }, () => Math.floor(labels * random()));
    return { labels: column, most: column.map((it) => most + (it % 2)), count: labels };
  };
  return { size, lambda, similarity, creators: caps(8, 1), categories: caps(4, 2) };
}

/** Greedy MMR as the documentation defines it, place by place. */
function slowly({ size, shown = 0, lambda, similarity, creators, categories }: Slate): number[] {
  const compared = Math.min(size, COMPARED);
  const stride = similarity.length / Math.max(1, compared);
  const out: number[] = [];
  const left = Array.from({ length: size }, (_, n) => n);
  const chance = (n: number) => 1 / (n + 8);
  const mean = Array.from({ length: PAGE }, (_, n) => chance(n)).reduce((a, b) => a + b) / PAGE;
  const similar = (a: number, b: number) =>
    similarity[a * stride + b]! + (creators.labels[a]! > 0 && creators.labels[a] === creators.labels[b] ? SAME_CREATOR : 0); // prettier-ignore
  const keeps = (n: number) =>
    [creators, categories].every(
      ({ labels, most }) =>
        labels[n] === 0 ||
        out.slice(-(WINDOW - 1)).filter((it) => labels[it] === labels[n]).length < most[n]!,
    );
  out.push(...left.splice(0, shown));
  while (out.length < Math.min(size, DEPTH)) {
    const isVaried = out.length < PAGES * PAGE;
    const page = out.slice(PAGE * Math.floor(out.length / PAGE));
    const value = (n: number) =>
      isVaried
        ? chance(n - shown) / mean - (lambda * page.reduce((sum, it) => sum + similar(n, it), 0)) / Math.max(1, page.length) // prettier-ignore
        : -n;
    const pool = isVaried ? left.filter((it) => it < compared).slice(0, POOL) : left.slice(0, AHEAD); // prettier-ignore
    const isNear = left.slice(0, AHEAD).some((it) => pool.includes(it) && keeps(it));
    const some = isNear ? pool.filter(keeps) : isVaried ? pool : pool.slice(0, 1);
    const best = some.reduce((a, b) => (value(b) > value(a) + 1e-9 ? b : a));
    out.push(best);
    left.splice(left.indexOf(best), 1);
  }
  return [...out, ...left];
}

const seeds = fc.integer({ min: 1, max: 1e9 });
const sizes = fc.integer({ min: 0, max: 240 });
const lambdas = fc.double({ min: 0.01, max: 15, noNaN: true });

describe("a slate", () => {
  test("is that of the greedy algorithm computed anew at each place", () => {
    fc.assert(
      fc.property(seeds, sizes, lambdas, (seed, size, lambda) => {
        const slate = someSlate(seed, size, lambda);
        expect([...orderSlate(slate)]).toEqual(slowly(slate));
      }),
      { numRuns: 60 },
    );
  });

  test("goes on from what a session was shown last, as if that had begun the page", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 10 }), lambdas, (seed, shown, lambda) => {
        const slate = { ...someSlate(seed, 90, lambda), shown };
        expect([...orderSlate(slate)]).toEqual(slowly(slate));
      }),
      { numRuns: 30 },
    );
  });

  test("begins alike however few ranks are ordered", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: PAGE, max: 240 }), lambdas, (seed, size, lambda) => {
        const slate = someSlate(seed, size, lambda);
        const few = orderSlate({ ...slate, depth: PAGE }).subarray(0, PAGE);
        expect(few).toEqual(orderSlate(slate).subarray(0, PAGE));
      }),
      { numRuns: 60 },
    );
  });

  test("has every rank once", () => {
    fc.assert(
      fc.property(seeds, sizes, lambdas, (seed, size, lambda) => {
        const order = [...orderSlate(someSlate(seed, size, lambda))];
        expect(order.sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, n) => n));
      }),
    );
  });

  test("keeps the caps of a screen wherever one of the next dozen ranks keeps them", () => {
    fc.assert(
      fc.property(seeds, lambdas, (seed, lambda) => {
        const slate = someSlate(seed, 240, lambda);
        const order = [...orderSlate(slate)];
        for (let at = 0; at < DEPTH; at++) {
          const window = order.slice(Math.max(0, at - WINDOW + 1), at);
          const keeps = (n: number) =>
            [slate.creators, slate.categories].every(
              ({ labels, most }) => labels[n] === 0 || window.filter((it) => labels[it] === labels[n]).length < most[n]!, // prettier-ignore
            );
          const next = order.slice(at).sort((a, b) => a - b).slice(0, AHEAD); // prettier-ignore
          if (next.some(keeps)) expect(keeps(order[at]!)).toBeTrue();
        }
      }),
    );
  });

  test("differs more, the greater λ is: two kinds of posts alternate, of which one was ranked first", () => {
    const size = 40;
    const plain = { labels: new Uint8Array(size), most: new Uint8Array(size).fill(9), count: 1 };
    const kind = (n: number) => Number(n >= size / 2);
    const similarity = Float32Array.from({ length: size * size }, (_, n) =>
      Number(kind(Math.floor(n / size)) === kind(n % size)),
    );
    const others = [0, 0.3, 0.6, 1, 3].map((lambda) => {
      const order = orderSlate({ size, lambda, similarity, creators: plain, categories: plain });
      return [...order.subarray(0, PAGE)].filter((it) => kind(it) === 1).length;
    });
    expect(others).toEqual(others.toSorted((a, b) => a - b));
    expect(others[0]).toBe(0);
    expect(others.at(-1)).toBeGreaterThanOrEqual(PAGE / 2 - 1);
  });
});
