/** Parts of the dashboard that need no browser: requests for entries by id, and events in words. */
import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { batchesOf } from "../../src/http/dashboard/ui/parts/kept-by-id.ts";
import { COLOURS } from "../../src/http/dashboard/ui/parts/terms-bar.tsx";
import { eventWords } from "../../src/http/dashboard/ui/parts/words.ts";
import { certainty, whose } from "../../src/http/dashboard/ui/screens/what-if-effect.tsx";
import { modelOf, rankingWith } from "../support/model.ts";

/** Most bytes of a path and query that the service takes. */
const URL_MAX = 4_096;

test("ids are requested 100 at once, and long ones in shorter queries", () => {
  const short = Array.from({ length: 250 }, (_, n) => `p${n}`);
  expect(batchesOf(short).flat()).toEqual(short);
  for (const batch of batchesOf(short)) expect(batch.length).toBeWithin(50, 101);
  const long = Array.from({ length: 100 }, (_, n) => `${n}`.padStart(120, "é "));
  expect(batchesOf(long).flat()).toEqual(long);
  for (const batch of batchesOf(long))
    expect(`/posts?${new URLSearchParams(batch.map((id) => ["id", id]))}`.length).toBeLessThan(URL_MAX); // prettier-ignore
  expect(batchesOf([])).toEqual([]);
});

test("an event in words says what its value or the time watched means", () => {
  expect(eventWords({ kind: "like" })).toBe("like");
  expect(eventWords({ kind: "like", value: 0 })).toBe("like taken back");
  expect(eventWords({ kind: "rating", value: 45 })).toBe("rating 45 of 100");
  expect(eventWords({ kind: "view", watched_ms: 9_000, duration_ms: 20_000 })).toBe("view 9 s of 20 s"); // prettier-ignore
});

test("every term of a score has a colour of its own, in the light and in the dark", async () => {
  const style = await Bun.file(resolve(import.meta.dir, "../../src/http/dashboard/ui/base.css")).text(); // prettier-ignore
  const colours = Array.from(style.matchAll(/--series-\d+: (#\w+)/g), ([, it]) => it!);
  expect([colours.length, new Set(colours).size]).toEqual([2 * COLOURS, 2 * COLOURS]);
  const { pipeline } = rankingWith(modelOf([{}])).ranker;
  expect(pipeline.scorers.length + pipeline.boosters.length).toBeWithin(1, COLOURS + 1);
});

test("a difference is beyond chance if its interval leaves out 0", () => {
  expect(certainty({ low: -0.2, high: -0.1 })).toBe("beyond chance");
  expect(certainty({ low: -0.2, high: 0.1 })).toBe("may be chance");
  expect(certainty({ low: 0, high: 0 })).toBe("unchanged");
});

test("the people of a preview are those who asked for a page last, then those who did something last", () => {
  const words = (logged: number) => whose({ people: 50, logged } as Parameters<typeof whose>[0]);
  expect(words(7)).toBe("of 50 people: 7 who asked for a page last, 43 who did something last");
  expect([words(50), words(0)]).toEqual(["of 50 people who asked for a page last", "of 50 people who did something last"]); // prettier-ignore
});
