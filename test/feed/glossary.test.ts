/** The glossary has every name that an explanation or a factor may have. */
import { expect, test } from "bun:test";
import { FACTOR_NAMES } from "../../src/feed/adjusting/factors.ts";
import { GLOSSARY } from "../../src/feed/glossary.ts";
import { MODELS } from "../../src/models/models.ts";
import { steeringBooster } from "../../src/ranking/steering.ts";
import { placeholder } from "../../src/ranking/sinking.ts";
import { diversity } from "../../src/ranking/selectors/diversity.ts";
import { duplicates } from "../../src/ranking/selectors/duplicates.ts";
import { exploration } from "../../src/ranking/selectors/exploration.ts";

test("every term, source, selector and factor is explained", () => {
  const stages = [steeringBooster, placeholder, diversity, duplicates, exploration];
  const names = [...MODELS, ...stages].map(({ name }) => name);
  for (const name of [...names, ...FACTOR_NAMES]) expect([name, GLOSSARY[name]]).toEqual([name, expect.stringMatching(/\w{3}/)]); // prettier-ignore
});

test("meanings are short: a sentence or two", () => {
  for (const meaning of Object.values(GLOSSARY)) expect(meaning.length).toBeLessThan(140);
});
