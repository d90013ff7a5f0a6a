/** Moods and words judged by people's labels: the real encoder on the demo, before anything is fitted. */
import { atOnce } from "../../src/runtime/time-slicing.ts";
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { openApp } from "../../src/app/compose.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { openRanker } from "../../src/ranking/feed.ts";
import { personOf, type Person } from "../../src/models/person.ts";
import { intentReader } from "../../src/feed/intent.ts";
import type { ServedSnapshot } from "../../src/feed/snapshot-registry.ts";
import { KNOTS } from "../../src/snapshot/model.ts";
import { MOODS } from "../../src/models/mood/moods.ts";
import { ask } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { STRANGER } from "../support/model.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

/** Categories of the demo that suit a mood. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  motivated: ["Fitness", "Mindset", "Starting again", "Small habits", "Work & career"],
  calm: ["Calm & breathing", "Sleep & rest", "Outdoors", "Mindset"],
  happy: ["Friends & kindness", "Family life", "Outdoors", "Making things"],
  sad: ["Starting again", "Friends & kindness", "Calm & breathing", "Family life", "Mindset"],
  anxious: ["Calm & breathing", "Mindset", "Sleep & rest"],
  tired: ["Sleep & rest", "Starting again", "Calm & breathing"],
  lonely: ["Friends & kindness", "Family life", "Starting again"],
  confident: ["Mindset", "Public speaking", "Starting again", "Work & career"],
  focused: ["Study & focus", "Work & career", "Small habits", "Mindset"],
  grateful: ["Friends & kindness", "Family life", "Mindset", "Small habits"],
  curious: ["Study & focus", "Languages", "Making things", "Mindset", "Starting again"],
  energetic: ["Fitness", "Outdoors", "Food & energy"],
};
const FREE: Readonly<Record<string, readonly string[]>> = {
  "rain on the window": ["Outdoors", "Calm & breathing"],
  "how to speak in public": ["Public speaking"],
  "learn spanish": ["Languages"],
  "job interview": ["Work & career", "Public speaking"],
  "a walk in the woods": ["Outdoors"],
  "cannot fall asleep": ["Sleep & rest", "Calm & breathing"],
  "draw and paint": ["Making things"],
  "save money every month": ["Money sense"],
  "breathe slowly": ["Calm & breathing", "Sleep & rest"],
  "cook a quick breakfast": ["Food & energy", "Small habits"],
  "play with my children": ["Family life"],
  "lift heavy weights": ["Fitness"],
};
const WORDS =
  `running sleep money courage breathing family friends study habits career language cooking
  focus speech nature gratitude crafts knitting budget saving insomnia guitar exams fear failure
  motivation stress yoga breakfast parents sport forest presentation children heartbreak discipline
  creativity vegetables workout meditation marathon debt vocabulary loneliness hiking`.split(/\s+/);
const JUNK =
  `asdfgh|qwertz uiop|xxxx|1234|!!!|...|zxcvb|lkjhg fdsa|aaaa|bbbbbb|hjkl|qazwsx|wqrtz plmk|ghfjdk|0000|
  98765432|3.14159|a1b2c3d4|e5f6-77aa|??|#$%^&|-----|dQw4w9WgXcQ|8f3a2c91|sdfkjhsdf sdkjfh|mnbvcxz|
  vbnm|kjhgfd kjhgf|fffff|12|qqqq|wxyz|abcd|tttt yyyy|xkqj vbtr|zzkw`.split(/\|\s*/);
/** Of junk that is taken for words, and of words that are taken for junk. */
const ERRORS_MAX = 0.05;
const PAGE = 20;

const folder = temporaryFolder();
const config = parseConfig({ DATA_DIR: folder.path });
const app = openApp(config, "1.2.3", { log: () => {}, progress: () => {} });
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

let snapshot: ServedSnapshot;
let runner: Person;
const vectors = new Map<string, Float32Array>();
const words = intentReader(async (text) => vectors.get(text));
beforeAll(async () => {
  await app.cycle.sync(false);
  await app.cycle.learn({ encoder: undefined, isQuick: true });
  expect((await app.service.readiness()).snapshot).toMatchObject({ embedded: 0, fitted: false });
  await app.cycle.backfill();
  await app.cycle.renew((await app.cycle.encoder())!);
  const texts = [...MOODS.map((it) => it.sentence), ...Object.keys(FREE), ...WORDS, ...JUNK];
  const embedded = (await app.embed(texts))!;
  const d = embedded.encoder.dimension;
  for (const [n, text] of texts.entries())
    vectors.set(text, embedded.vectors.subarray(n * d, n * d + d));
  snapshot = app.registry.current()!;
  const history = await app.store.events.history((await app.store.users.find("maya-runs"))!);
  runner = personOf(snapshot.ranker.model, snapshot.ranker.rowOf, history);
});

test("moods and words work as soon as texts have vectors, before anything is fitted", async () => {
  const { snapshot } = await app.service.readiness();
  expect(snapshot).toMatchObject({ posts: 594, embedded: 594, fitted: false });
  expect(await ask(app.service.feed, { mood: "calm" })).toMatchObject({ match: ["mood:calm"], fallback: [] }); // prettier-ignore
});

/** Blends that a fit may come to, by the weight of `popular`. */
describe.each([undefined, 3.5, 50])("with popularity weighing %p", (popular) => {
  const weights = { ...SHIPPED_BLEND.weights };
  if (popular !== undefined) weights.popular = KNOTS.map(() => popular);

  /** Number of posts of the first page that are in the categories. */
  async function suiting(person: Person, mood: string, categories: readonly string[]) {
    const { info, ...columns } = snapshot.ranker.model;
    const model = { ...columns, info: { ...info, blend: { ...SHIPPED_BLEND, weights } } };
    const { vector, match } = await words.mood(snapshot.ranker.model, mood);
    expect(match).toEqual([mood in NAMED ? `mood:${mood}` : "mood"]);
    const ranker = atOnce(openRanker(model, snapshot.nearest));
    const { rows } = ranker.rank({ person, categoryMask: undefined, mood: vector, limit: 1_000 });
    const names = Array.from(rows.subarray(0, PAGE), (row) => info.categories[model.categoryRows[row]!]?.name ?? ""); // prettier-ignore
    return names.filter((it) => categories.includes(it)).length;
  }

  test.each(Object.entries({ ...NAMED, ...FREE }))(
    "%p fills half of a newcomer's page with what suits it, and a third of a runner's",
    async (mood, categories) => {
      expect(await suiting(STRANGER, mood, categories)).toBeGreaterThanOrEqual(PAGE / 2);
      expect(await suiting(runner, mood, categories)).toBeGreaterThanOrEqual(PAGE / 3);
    },
  );
});

describe("the floor of meaning", () => {
  const model = () => snapshot.ranker.model;

  test("keeps junk from being a mood or a category", async () => {
    const taken: string[] = [];
    for (const text of JUNK) {
      const mood = await words.mood(model(), text);
      const category = await words.category(model(), text);
      if (category.categoryMask ?? mood.vector) taken.push(text);
      else expect([mood.match, category.match]).toEqual([["mood:none"], ["none"]]);
    }
    expect(taken.length / JUNK.length, taken.join(", ")).toBeLessThanOrEqual(ERRORS_MAX);
  });

  test("lets single words be moods and categories", async () => {
    const refused: string[] = [];
    for (const text of WORDS) {
      const mood = await words.mood(model(), text);
      const category = await words.category(model(), text);
      if (!category.categoryMask || !mood.vector) refused.push(text);
    }
    expect(refused.length / WORDS.length, refused.join(", ")).toBeLessThanOrEqual(ERRORS_MAX);
  });
});
