/** Small plain stores of many shapes: whatever was fitted on one, newcomers are told what is liked and new. */
import { expect, test } from "bun:test";
import type { Dataset } from "../../src/training/dataset.ts";
import { learn } from "../../src/training/run.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import { datasetOf, historiesOf, postsOf, type Event } from "../../src/benchmarks/events.ts";
import type { Model } from "../../src/snapshot/model.ts";
import type { Done } from "../support/histories.ts";
import { rankingWith } from "../support/model.ts";
import { unit } from "../support/sketch.ts";
import { oneThread } from "../support/kernel.ts";
import { popularPart } from "../../src/models/popularity/model.ts";

const DAY_MS = 86_400_000;
const AS_OF_MS = Date.UTC(2026, 10, 20);
const CATEGORIES = ["Running", "Cooking", "Calm mind", "Public speaking"];
/** About as many as a store of a few friends: 3 to 60 posts, 2 to 60 people. */
const STORES = 40;
/** Of fewer posts what is new decides too much for popularity to show. */
const FEW = 10;

/** Shape of a store. */
type Shape = {
  readonly posts: number;
  readonly people: number;
  /** Every post is liked by everybody, or by nobody. */
  readonly likes?: "all" | "none";
  readonly isOneDate?: boolean;
  readonly hasTexts?: boolean;
};

/** People like one category each, whose posts have like texts; ids say nothing of either. */
function store(seed: number, { posts, people, likes, isOneDate, hasTexts = true }: Shape): Dataset {
  const random = seededRandom(seed);
  const draw = (count: number) => Math.floor(random() * count);
  const facts = Array.from({ length: posts }, (_, row) => ({
    id: row + 1,
    title: `Part ${row}`, // or their like texts would make them near-duplicates
    category: CATEGORIES[draw(CATEGORIES.length)]!,
    createdAtMs: AS_OF_MS - (isOneDate ? 30 : 20 + draw(60)) * DAY_MS,
  }));
  const events = Array.from({ length: people }, (_, userKey) => {
    const own = CATEGORIES[draw(CATEGORIES.length)];
    const count = likes === "none" ? 0 : likes === "all" ? posts : 2 + draw(Math.min(posts, 14));
    const chosen = facts
      .map((it) => ({ id: it.id, fit: random() * (it.category === own ? 1 : 0.4) }))
      .sort((a, b) => b.fit - a.fit)
      .slice(0, count);
    return chosen.map(({ id: postKey }): Event => {
      const atMs = likes === "all" ? AS_OF_MS : AS_OF_MS - random() * 20 * DAY_MS;
      return { userKey, postKey, kind: random() < 0.5 ? "view" : "like", value: 1, atMs };
    });
  }).flat();
  if (likes === "all") for (const it of events) Object.assign(it, { kind: "like" });
  const data = datasetOf(postsOf(facts), historiesOf(events), AS_OF_MS);
  if (!hasTexts) return data;
  const embeddings = facts.flatMap(
    ({ category }) =>
    unit([...CATEGORIES.map((it) => Number(it === category)), ...[1, 2, 3, 4].map(() => 0.3 * random())]), // prettier-ignore
  );
  return {
    ...data,
    encoder: { model: "made up", dimension: 8 },
    embeddings: Float32Array.from(embeddings),
    embedded: posts,
  };
}

function modelFor(data: Dataset): Promise<Model> {
  return learn(data, { seed: 1, kernel: oneThread, onProgress: () => {} });
}

/** Spearman's: of two columns, how much alike they order the same things, −1 to 1. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranks = (x: readonly number[]) =>
    x.map((it) => x.filter((other) => other < it).length + x.filter((o) => o === it).length / 2);
  const [p, q] = [ranks(a), ranks(b)];
  const mean = a.length / 2;
  const product = (x: number[], y: number[]) =>
    x.reduce((sum, it, n) => sum + (it - mean) * (y[n]! - mean), 0);
  return product(p, q) / Math.sqrt(product(p, p) * product(q, q));
}

const isAscending = (rows: readonly number[]) =>
  rows.every((it, n) => n === 0 || rows[n - 1]! < it);

/** Checks of the lists of newcomers, and of those who did little, which hold for any store. */
function expectSense(model: Model): void {
  const { rank } = rankingWith(model);
  const post = model.postKeys[0]!;
  const view: Done = { post, kind: "view" };
  const dislike: Done = { post, kind: "rating", value: -50 };
  for (const done of [[], [view], [dislike]]) {
    const { rows, tierStart, scored } = rank(done);
    const list = [...rows.subarray(0, tierStart[2])];
    expect(list).toHaveLength(model.postKeys.length - done.length);
    const isTold = new Set(scored.score).size > 1;
    if (list.length > 0) expect(tierStart[0]).toBe(isTold ? list.length : 0);
    if (list.length < FEW) continue;
    expect(!isTold && isAscending(list)).toBe(false);
    if (isTold && done.length > 0) continue; // taste may say otherwise
    const popularity = list.map((row) => popularPart.of(model).columns.popularity[row]!);
    if (new Set(popularity).size < FEW) continue;
    const places = list.map((_, n) => -n);
    expect(rankCorrelation(places, popularity)).toBeGreaterThan(0.2);
  }
}

test(`of ${STORES} small plain stores none gives newcomers posts in the order of ids`, async () => {
  for (let seed = 1; seed <= STORES; seed++) {
    const random = seededRandom(1_000 + seed);
    const [posts, people] = [3 + Math.floor(58 * random()), 2 + Math.floor(59 * random())];
    expectSense(await modelFor(store(seed, { posts, people })));
  }
});

test.each<[string, Shape]>([
  ["nobody has done anything", { posts: 20, people: 0 }],
  ["nobody has done anything, and all posts are of one day", { posts: 20, people: 0, isOneDate: true }], // prettier-ignore
  ["everybody likes everything", { posts: 20, people: 30, likes: "all" }],
  ["everybody likes everything of one day", { posts: 20, people: 30, likes: "all", isOneDate: true }], // prettier-ignore
  ["all posts are of one day", { posts: 20, people: 40, isOneDate: true }],
  ["no text has a vector", { posts: 30, people: 40, hasTexts: false }],
  ["there is one post", { posts: 1, people: 3 }],
  ["there are two", { posts: 2, people: 60 }],
])("a newcomer's list makes sense where %s", async (_, shape) => {
  for (let seed = 1; seed <= 2; seed++) expectSense(await modelFor(store(seed, shape)));
});
