import { describe, expect, test } from "bun:test";
import { fitListwise, type Choice } from "../../src/training/listwise.ts";
import { seededRandom } from "../../src/linalg/random.ts";

const [KNOTS, TERMS, PLACES] = [2, 3, 12];

/** Lists in which the chosen places were drawn by a conditional logit with the weights `truth`. */
function drawn(count: number, truth: readonly number[], seed = 3): Choice[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const share = Math.round(random() * 4) / 4;
    const shares = [share, 1 - share];
    const columns = Array.from({ length: TERMS }, () =>
      Float32Array.from({ length: PLACES }, () => 3 * (random() - 0.5)),
    );
    const weights = [0, 1, 2].map((t) => shares[0]! * truth[t]! + shares[1]! * truth[3 + t]!);
    const odds = Array.from({ length: PLACES }, (_, i) =>
      Math.exp(weights.reduce((sum, w, t) => sum + w * columns[t]![i]!, 0)),
    );
    let left = random() * odds.reduce((a, b) => a + b);
    const chosen = odds.findIndex((it) => (left -= it) < 0);
    return { shares, columns, chosen: [Math.max(0, chosen)] };
  });
}

/** A prior of the same precision for every weight, and of `both` for the sum of a term's two. */
function precision(each: number, both = 0): Float64Array {
  const n = KNOTS * TERMS;
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return (i === j ? each : 0) + (i % TERMS === j % TERMS ? both : 0);
  });
}

/** The loss as its formula stands. */
function loss(
  choices: readonly Choice[],
  w: Float64Array,
  start: Float64Array,
  prior: Float64Array,
) {
  let sum = 0;
  for (const [i, a] of w.entries())
    for (const [j, b] of w.entries())
      sum += ((a - start[i]!) * prior[i * w.length + j]! * (b - start[j]!)) / 2;
  for (const { shares, columns, chosen } of choices) {
    const s = Array.from({ length: PLACES }, (_, i) =>
      columns.reduce(
        (all, column, t) =>
          all + shares.reduce((a, share, knot) => a + share * w[knot * TERMS + t]! * column[i]!, 0),
        0,
      ),
    );
    sum += Math.log(s.reduce((all, it) => all + Math.exp(it), 0));
    sum -= chosen.reduce((all, i) => all + s[i]!, 0) / chosen.length;
  }
  return sum;
}

const zero = new Float64Array(KNOTS * TERMS);

describe("fitting weights listwise", () => {
  test("finds the weights that the choices were drawn with", () => {
    const truth = [1.5, 0.5, 0, 0.3, 0, 1];
    const w = fitListwise(drawn(20_000, truth), zero, precision(1));
    for (const [i, it] of truth.entries()) expect(Math.abs(w[i]! - it)).toBeLessThan(0.06);
  });

  test("ends where no step at all goes down, with none below 0", () => {
    const choices = drawn(300, [1, -1, 0.5, 0, 0.5, -2]);
    const start = Float64Array.of(0.2, 0.2, 0.2, 0.2, 0.2, 0.2);
    const prior = precision(5, 3);
    const w = fitListwise(choices, start, prior);
    const best = loss(choices, w, start, prior);
    for (const i of w.keys())
      for (const step of [-0.01, 0.01]) {
        const tried = w.slice();
        tried[i] = Math.max(0, w[i]! + step);
        expect(loss(choices, tried, start, prior)).toBeGreaterThanOrEqual(best - 1e-9);
      }
    expect(w[1]).toBe(0);
    expect(w[5]).toBe(0);
    expect(Math.min(...w)).toBe(0);
  });

  test("finds weights below 0 where these are allowed, and no others", () => {
    const lowest = Float64Array.of(0, -Infinity, 0, 0, 0, 0);
    const w = fitListwise(
      drawn(20_000, [1.5, -0.8, -0.5, 0.3, 0.2, 1]),
      zero,
      precision(1),
      lowest,
    );
    expect(Math.abs(w[1]! + 0.8)).toBeLessThan(0.1);
    expect(w[2]).toBe(0);
  });

  test("has one answer, wherever a prior of next to nothing lets it begin", () => {
    const choices = drawn(400, [1, 0.2, 0, 0.4, 0, 0.7]);
    const from = (x: number) =>
      fitListwise(
        choices,
        zero.map(() => x),
        precision(1e-6),
      );
    for (const [i, it] of from(0).entries()) expect(from(3)[i]!).toBeCloseTo(it, 3);
  });

  test("stays where the prior is without choices, and near it with few", () => {
    const start = Float64Array.of(1, 0.5, 0, 0, 0.2, 0.1);
    expect(fitListwise([], start, precision(10))).toEqual(start);
    const few = drawn(3, [0, 0, 5, 0, 0, 5]);
    const far = (prior: number) => fitListwise(few, start, precision(prior))[2]!;
    expect(far(100)).toBeLessThan(0.1);
    expect(far(0.1)).toBeGreaterThan(1);
  });
});
