import { describe, expect, test } from "bun:test";
import { laterTally, type LaterEntries } from "../../../src/models/popularity/later-tally.ts";
import {
  POPULARITY,
  popularity,
  tallied,
  type Entries,
} from "../../../src/models/popularity/popularity.ts";

const DAY_MS = 86_400_000;
const NOW_MS = 1_000 * DAY_MS;
const POSTS = 3;
/** Masses that texts lead to expect. */
const PRIOR = Float32Array.of(0.5, 2, 0);
const NO_FACTS = { viewCounts: new Float64Array(POSTS), exitCounts: new Float64Array(POSTS) };

type Like = { readonly person: number; readonly row: number; readonly c?: number; readonly at?: number }; // prettier-ignore
const entriesOf = (likes: readonly Like[]): Entries => ({
  people: Uint32Array.from(likes, (it) => it.person),
  rows: Uint32Array.from(likes, (it) => it.row),
  confidence: Float32Array.from(likes, (it) => it.c ?? 1),
  atMs: Float64Array.from(likes, (it) => it.at ?? NOW_MS),
});
/** Half of the people had done this before the training … */
const BEFORE: readonly Like[] = [
  { person: 0, row: 0, at: NOW_MS - 20 * DAY_MS },
  { person: 0, row: 1 },
  { person: 1, row: 0 },
];
const later = (likes: readonly Like[], beforeMs: readonly number[] = []): LaterEntries => ({
  rows: likes.map((it) => it.row),
  confidence: likes.map((it) => it.c ?? 1),
  atMs: likes.map((it) => it.at ?? NOW_MS),
  beforeMs,
});
const opened = (asOfMs = NOW_MS) => {
  const tally = Float32Array.from(tallied(entriesOf(BEFORE), NO_FACTS, asOfMs, POPULARITY));
  return laterTally(
    { info: { params: POPULARITY }, columns: { tally, prior: PRIOR } },
    "popularity",
    asOfMs,
  );
};
const popularityAt = (it: ReturnType<typeof opened>, atMs = NOW_MS) =>
  Array.from(it.part(atMs).columns["popularity"]!, (x) => Math.fround(x));
const close = (found: number[], wanted: Float32Array) =>
  found.forEach((it, row) => expect(it).toBeCloseTo(wanted[row]!, 5));

describe("popularity with later entries", () => {
  test("is that of a training on all of them", () => {
    const new1 = [
      { person: 2, row: 2 },
      { person: 2, row: 1, c: -1 },
    ];
    const new2 = [{ person: 3, row: 2 }];
    const tally = opened();
    tally.put(2, later(new1), NOW_MS);
    tally.put(3, later(new2), NOW_MS);
    const all = entriesOf([...BEFORE, ...new1, ...new2]);
    close(popularityAt(tally), popularity(all, NO_FACTS, NOW_MS, POPULARITY, PRIOR));
  });

  test("is that of a training days later, though the masses have decayed since", () => {
    const then = NOW_MS + 7 * DAY_MS;
    const fresh = [2, 3].flatMap((person) => [0, 2].map((row) => ({ person, row, at: then })));
    const tally = opened();
    for (const person of [2, 3])
      tally.put(person, later(fresh.filter((it) => it.person === person)), then);
    close(
      popularityAt(tally, then),
      popularity(entriesOf([...BEFORE, ...fresh]), NO_FACTS, then, POPULARITY, PRIOR),
    );
  });

  test("counts what a person does in place of what they had done, and nothing if it is taken back", () => {
    const [tally, once] = [opened(), opened()];
    const likes = [0, 1, 2].map((row) => ({ person: 2, row }));
    for (const n of [1, 2, 3]) tally.put(2, later(likes.slice(0, n)), NOW_MS);
    once.put(2, later(likes), NOW_MS);
    close(popularityAt(tally), Float32Array.from(popularityAt(once)));
    tally.put(2, later([]), NOW_MS);
    close(popularityAt(tally), Float32Array.from(popularityAt(opened())));
  });

  test("takes the root of what accounts with one entry add, and dampens busy ones", () => {
    const [crowd, known, busy] = [opened(), opened(), opened()];
    for (let n = 0; n < 100; n++) crowd.put(10 + n, later([{ person: n, row: 2 }]), NOW_MS);
    for (let n = 0; n < 100; n++)
      known.put(10 + n, later([{ person: n, row: 2 }], [NOW_MS]), NOW_MS);
    busy.put(10, later([{ person: 0, row: 2 }], Array(1_000).fill(NOW_MS)), NOW_MS);
    expect(popularityAt(crowd)[2]).toBeCloseTo(Math.log1p(Math.sqrt(25)), 5);
    expect(popularityAt(known)[2]).toBeCloseTo(Math.log1p(100), 5);
    expect(popularityAt(busy)[2]!).toBeLessThan(Math.log1p(0.1));
  });

  test("keeps what a person did whose entries were settled", () => {
    const tally = opened();
    tally.put(2, later([{ person: 2, row: 2 }]), NOW_MS);
    const before = popularityAt(tally);
    tally.settle(2);
    tally.put(2, later([]), NOW_MS);
    expect(popularityAt(tally)).toEqual(before);
  });
});
