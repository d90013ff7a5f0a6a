import { expect, test } from "bun:test";
import { distance } from "fastest-levenshtein";
import { MOODS } from "../../../src/models/mood/moods.ts";

test("every mood has a name in lower case, so that folded words can equal it", () => {
  for (const { name } of MOODS) expect(name).toMatch(/^[a-z]+$/);
});

test("no two moods are so alike that one slip of the finger makes one the other", () => {
  for (const a of MOODS)
    for (const b of MOODS) if (a !== b) expect(distance(a.name, b.name)).toBeGreaterThan(2);
});

test("every mood's sentence is its own: it stands for the mood among the embeddings", () => {
  expect(new Set(MOODS.map((it) => it.sentence)).size).toBe(MOODS.length);
});
