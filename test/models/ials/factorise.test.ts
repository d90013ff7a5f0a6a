import { describe, expect, test } from "bun:test";
import { factorise, type Factorised } from "../../../src/models/ials/factorise.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { dotRows } from "../../../src/linalg/vector.ts";
import { foldIn } from "../../../src/models/ials/als.ts";
import { featureTable, priorMeans, type Features } from "../../../src/models/ials/priors.ts";
import { oneThread } from "../../support/kernel.ts";
import { csr } from "../../support/matrix.ts";

/** Three groups of people, each with its own group of posts, whose texts say which. */
const [GROUPS, USERS, POSTS, LIKES] = [3, 120, 90, 8];
/** The last posts of all are new: nobody has touched them. */
const COLD = 15;
const groupOf = (row: number) => row % GROUPS;
const PARAMS = { k: 16, lambda: 0.05, alpha0: 0.1, epochs: 8 };

/** Everyone likes some known posts of their group, and one in ten of another. */
function someLikes(seed: number) {
  const random = seededRandom(seed);
  const draw = (count: number) => Math.floor(random() * count);
  return Array.from({ length: USERS }, (_, user) => {
    const them = Array.from({ length: LIKES }, () => {
      const group = random() < 0.9 ? groupOf(user) : draw(GROUPS);
      return group + GROUPS * draw((POSTS - COLD) / GROUPS);
    });
    return [...new Set(them)];
  });
}

/** 1, and a noisy direction for each group. */
function someFeatures(rows: number, seed: number): Features {
  const random = seededRandom(seed);
  const width = 1 + GROUPS;
  const values = Float32Array.from({ length: rows * width }, (_, n) => {
    const [row, column] = [Math.floor(n / width), n % width];
    return column === 0 ? 1 : Number(column - 1 === groupOf(row)) + (random() - 0.5) * 0.4;
  });
  return featureTable(values, width, new Uint8Array(rows).fill(1));
}

const likes = someLikes(1);
const matrix = csr(
  likes.map((posts) => posts.map((post) => [post, 1] as const)),
  POSTS,
);
const [posts, users] = [someFeatures(POSTS, 2), someFeatures(USERS, 3)];
const silent = (them: Features): Features => ({
  ...them,
  known: new Uint8Array(them.known.length),
});

function fit(
  seed = 1,
  start?: Float32Array,
  texts = posts,
  profiles = users,
  params = PARAMS,
): Promise<Factorised> {
  return factorise(matrix, texts, profiles, { params, seed, start, kernel: oneThread });
}

/** x·y of every post for somebody with these likes, from a prior if given. */
function scores(
  { postFactors, gram }: Factorised,
  liked: number[],
  prior?: Float32Array,
): number[] {
  const observed = {
    rows: Uint32Array.from(liked),
    confidence: new Float32Array(liked.length).fill(1),
  };
  const folded = foldIn(gram, postFactors, observed, PARAMS, prior);
  const x = liked.length === 0 && prior ? prior : Float32Array.from(folded);
  return Array.from({ length: POSTS }, (_, row) => dotRows(x, 0, postFactors, row, PARAMS.k));
}

/** Share of pairs in which a post of the user's group outscores one of another, of the rows allowed. */
function rightPairs(of: number[], user: number, allowed: (row: number) => boolean): number {
  const rows = [...of.keys()].filter(allowed);
  const [own, other] = [true, false].map((it) =>
    rows.filter((row) => (groupOf(row) === groupOf(user)) === it),
  ) as [number[], number[]];
  const right = own.flatMap((a) => other.map((b) => Number(of[a]! > of[b]!)));
  return right.reduce((sum, it) => sum + it, 0) / right.length;
}

const mean = (them: number[]) => them.reduce((sum, it) => sum + it, 0) / them.length;
const isCold = (row: number) => row >= POSTS - COLD;
const everyone = [...likes.keys()];

const model = await fit();

describe("factors", () => {
  test("rank unseen posts of a person's group above the others: 93 of 100 pairs", () => {
    const right = everyone.map((user) =>
      rightPairs(
        scores(model, likes[user]!),
        user,
        (row) => !isCold(row) && !likes[user]!.includes(row),
      ),
    );
    expect(mean(right)).toBeGreaterThan(0.93);
  });

  test("give a new post factors from its text: 97 of 100 pairs are in order", () => {
    const right = everyone.map((user) => rightPairs(scores(model, likes[user]!), user, isCold));
    expect(mean(right)).toBeGreaterThan(0.97);
  });

  test("give a new person factors from their profile: 97 of 100 pairs are in order", () => {
    const means = priorMeans(users, model.userMap, PARAMS.k);
    const right = everyone.map((user) => {
      const prior = means.subarray(user * PARAMS.k, (user + 1) * PARAMS.k);
      return rightPairs(scores(model, [], prior), user, () => true);
    });
    expect(mean(right)).toBeGreaterThan(0.97);
  });

  test("put a new post there from the first epoch on", async () => {
    const quick = await fit(1, undefined, posts, users, { ...PARAMS, epochs: 1 });
    const right = everyone.map((user) => rightPairs(scores(quick, likes[user]!), user, isCold));
    expect(mean(right)).toBeGreaterThan(0.9);
  });

  test("of posts lean on the profiles of those who like them", async () => {
    const without = await fit(1, undefined, posts, silent(users));
    expect(without.userMap).toEqual(new Float32Array(without.userMap.length));
    expect(without.postFactors).not.toEqual(model.postFactors);
  });

  test("leave a new post of which no text is known at zero", async () => {
    const { postFactors } = await fit(1, undefined, silent(posts));
    const cold = postFactors.subarray((POSTS - COLD) * PARAMS.k);
    expect(cold).toEqual(new Float32Array(cold.length));
  });

  test("come with the Gram matrix of all posts, new ones included", () => {
    const { postFactors, gram } = model;
    const { k, alpha0 } = PARAMS;
    let first = 0;
    for (let row = 0; row < POSTS; row++) first += alpha0 * postFactors[row * k]! ** 2;
    expect(gram[0]).toBeCloseTo(first, 6);
    expect(gram).toHaveLength(k * k);
  });

  test("are the same for the same seed, to the bit", async () => {
    expect(await fit()).toEqual(model);
    expect(await fit(2)).not.toEqual(model);
  });

  test("tell each epoch", async () => {
    const told: number[] = [];
    const onEpoch = (epoch: number) => void told.push(epoch);
    await factorise(matrix, posts, users, { params: PARAMS, seed: 1, kernel: oneThread, onEpoch });
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe("factors that begin where the last run ended", () => {
  const before = model.postFactors;

  test("leave what they are given as it was", async () => {
    const copy = before.slice();
    await fit(1, copy);
    expect([...copy]).toEqual([...before]);
  });

  test("stay near them, whatever the seed", async () => {
    const change = ({ postFactors }: Factorised) =>
      Math.hypot(...postFactors.map((it, n) => it - before[n]!)) / Math.hypot(...before);
    expect(change(await fit(9, before))).toBeLessThan(0.2);
    expect(change(await fit(9))).toBeGreaterThan(0.5);
  });

  test("are learnt all the same if there was nothing to learn then", async () => {
    expect(await fit(1, new Float32Array(POSTS * PARAMS.k))).toEqual(await fit(1));
  });

  test("learn people and posts that only know each other, and that no text tells of", async () => {
    // Person and post 0 were there before, person and post 1 were not.
    const both = csr([[[0, 1]], [[1, 1]]], 2);
    const unknown = featureTable(new Float32Array(2), 1, new Uint8Array(2));
    const start = new Float32Array(2 * PARAMS.k).fill(0.5, 0, PARAMS.k);
    const { postFactors } = await factorise(both, unknown, unknown, {
      params: PARAMS,
      seed: 1,
      start,
      kernel: oneThread,
    });
    const [old, young] = [0, 1].map((row) => dotRows(postFactors, row, postFactors, row, PARAMS.k));
    expect(old).toBeGreaterThan(0.3);
    expect(young).toBeGreaterThan(0.3);
  });
});
