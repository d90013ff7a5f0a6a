import { expect, test } from "bun:test";
import { parseTuning, TUNED, TUNING } from "../../src/training/tuning.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { datasetOf, historiesOf, postsOf, type Event } from "../../src/benchmarks/events.ts";
import { tune } from "../../src/benchmarks/tune.ts";
import { oneThread } from "../support/kernel.ts";

/** Forty people who like ten of the twenty posts of their own kind, one an hour. */
function store() {
  const random = seededRandom(3);
  const events = Array.from({ length: 40 * 10 }, (_, n): Event => {
    const userKey = n % 40;
    const postKey = (userKey % 2) + 2 * Math.floor(20 * random() ** 1.5);
    return { userKey, postKey, kind: "like", value: 1, atMs: 3_600_000 * n };
  });
  const posts = postsOf(Array.from({ length: 40 }, (_, id) => ({ id })));
  return datasetOf(posts, historiesOf(events), 3_600_000 * 400);
}

test("without time the defaults stay, and gain nothing", async () => {
  const { tuning, tries, gain, before, after } = await tune(store(), {
    ...{ seed: 1, kernel: oneThread, onTry: () => {} },
    hasTime: () => false,
  });
  expect(tuning).toEqual(TUNING);
  expect(tries).toBe(0);
  expect([gain.mean, gain.low, gain.high]).toEqual([0, 0, 0]);
  expect(before).toBe(after);
  expect(before).toBeGreaterThan(0.1);
});

test("with time settings are tried one at a time, and what was found is judged on other people", async () => {
  const told: number[] = [];
  let left = 3;
  const found = await tune(store(), {
    ...{ seed: 2, kernel: oneThread },
    onTry: (_, best) => told.push(best),
    hasTime: () => left-- > 0,
  });
  expect(found.tries).toBe(3);
  expect(told).toEqual(told.toSorted((a, b) => a - b)); // the best so far
  expect(found.after - found.before).toBeCloseTo(found.gain.mean, 9);
  expect(TUNED.filter((it) => found.tuning[it] !== TUNING[it]).length).toBeLessThanOrEqual(3);
});

test("a tuning that was kept is read again, a broken one says what to do", () => {
  expect(parseTuning(JSON.stringify(TUNING))).toEqual(TUNING);
  expect(() => parseTuning(JSON.stringify({ ...TUNING, alpha0: "much" }))).toThrow("alpha0");
  expect(() => parseTuning("{}")).toThrow("vidrec tune");
});
