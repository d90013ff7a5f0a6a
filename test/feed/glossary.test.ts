/** The glossary has every name that an explanation or a factor may have. */
import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { Glob } from "bun";
import { adjustables, FACTOR_NAMES } from "../../src/feed/adjusting/factors.ts";
import { GLOSSARY } from "../../src/feed/glossary.ts";
import { MODELS } from "../../src/models/models.ts";
import { steeringBooster } from "../../src/ranking/steering.ts";
import { placeholder } from "../../src/ranking/sinking.ts";
import { diversity } from "../../src/ranking/selectors/diversity.ts";
import { duplicates } from "../../src/ranking/selectors/duplicates.ts";
import { exploration } from "../../src/ranking/selectors/exploration.ts";
import { modelOf } from "../support/model.ts";

const UI = resolve(import.meta.dir, "../../src/http/dashboard/ui");

test("every term, source, selector and factor is explained", () => {
  const stages = [steeringBooster, placeholder, diversity, duplicates, exploration];
  const names = [...MODELS, ...stages].map(({ name }) => name);
  for (const name of [...names, ...FACTOR_NAMES]) expect([name, GLOSSARY[name]]).toEqual([name, expect.stringMatching(/\w{3}/)]); // prettier-ignore
});

test("a factor that can be adjusted says what the glossary says of it", () => {
  for (const { name, about } of adjustables(modelOf([{}]), 0.05))
    expect([name, about]).toEqual([name, GLOSSARY[name]!]);
});

test("the linear sequence model says past how many posts it has no effect", () => {
  expect(GLOSSARY["sequence"]).toContain("no effect where more than 5,250 posts have 3 likes");
});

test("every other word stands on the dashboard", async () => {
  const files = [...new Glob(`${UI}/**/*.tsx`).scanSync()];
  const screens = (await Promise.all(files.map((it) => Bun.file(it).text()))).join();
  const others = Object.keys(GLOSSARY).filter((it) => /^[A-Z]/.test(it));
  expect(others.length).toBeGreaterThan(10);
  for (const word of others) expect(screens).toContain(`"${word}"`);
});

test("meanings are short: a sentence or two", () => {
  for (const meaning of Object.values(GLOSSARY)) expect(meaning.length).toBeLessThan(140);
});
