/** A snapshot's model with the vectors that were made after it was learnt. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { textHash } from "../../src/text/text.ts";
import type { EncoderName } from "../../src/training/dataset.ts";
import { withNewVectors } from "../../src/training/renew.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { openStore, type StoreFile } from "../../src/data/sqlite/open.ts";
import { MOODS } from "../../src/models/mood/moods.ts";
import { profilePrior } from "../../src/models/ials/profile.ts";
import { modelOf } from "../support/model.ts";
import { type PostSketch } from "../support/sketch.ts";
import { collaborativePart } from "../../src/models/ials/model.ts";
import { moodVector } from "../../src/models/mood/model.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { withColumns } from "../support/parts.ts";
import { somePost } from "../support/records.ts";
import { hashPosts } from "../support/hashes.ts";

const ENCODER: EncoderName = { model: "fake@1", dimension: 3 };
const IDS = [1, 2, 3];
const [EAST, NORTH] = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0)];

let store: StoreFile;
beforeEach(async () => {
  store = openStore(":memory:");
  await store.posts.record(IDS.map((id) => somePost(id)), 1); // prettier-ignore
  await hashPosts(store.texts, ({ key }) => textHash(`text ${key}`));
});
afterEach(() => store[Symbol.dispose]());

/** Gives posts' texts vectors. */
const encode = (vectors: Readonly<Record<number, Float32Array>>, model = ENCODER.model) =>
  store.embeddings.put(
    model,
    Object.entries(vectors).map(([id, vector]) => ({ hash: textHash(`text ${id}`), vector })),
  );
/** As it was learnt before, fitted, with what the posts' lines say. */
const learnt = (posts: readonly PostSketch[] = IDS.map(() => ({})), encoder?: EncoderName) => {
  const blend = { ...SHIPPED_BLEND, fitted: true };
  const sketches = posts.map((it, row) => ({ id: IDS[row]!, ...it }));
  return modelOf(sketches, posts.some((it) => it.vector) ? { blend } : { blend, encoder });
};
const renewed = (model = learnt(), encoder = ENCODER) => withNewVectors(store, model, encoder);

describe("a model that is renewed", () => {
  test("has the vectors there are, and is fitted as it was", async () => {
    await encode({ 1: EAST, 3: NORTH });
    const before = learnt();
    const after = (await renewed(before))!;
    expect([...after.embeddings]).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(after.info).toEqual({ ...before.info, encoder: ENCODER, embedded: 2 });
    const learntOf = ({ embeddings, info, parts, ...rest }: Model) => {
      const { similar, mood, ...learnt } = parts;
      return { ...rest, ...learnt };
    };
    expect(learntOf(after)).toEqual(learntOf(before));
  });

  test("knows the moods once all are encoded", async () => {
    await encode({ 1: EAST });
    expect(moodVector((await renewed())!, MOODS[0].name)).toBeUndefined();
    const vectors = MOODS.map((it) => ({ hash: textHash(it.sentence), vector: NORTH }));
    await store.embeddings.put(ENCODER.model, vectors);
    const after = (await renewed())!;
    for (const { name } of MOODS) expect(moodVector(after, name)).toEqual(NORTH);
  });

  test("keeps the old vector of a changed text until the new one is encoded", async () => {
    await encode({ 2: NORTH });
    const after = await renewed(learnt([{ vector: [1, 0, 0] }, {}, {}]));
    expect([...after!.embeddings.subarray(0, 6)]).toEqual([1, 0, 0, 0, 1, 0]);
    expect(after!.info.embedded).toBe(2);
  });

  test("places people by their profiles as before", async () => {
    await encode({ 1: EAST });
    const userMap = Float32Array.of(0.5, 1, 2, 3); // 1 and one counter, 2 factors
    const before = withColumns(
      learnt(undefined, undefined),
      collaborativePart,
      { userMap },
      { features: 2 },
    );
    const after = collaborativePart.of((await renewed(before))!);
    const facts = { counters: [7], vector: undefined };
    expect(profilePrior(facts, after.columns.userMap, 2, 3)).toEqual(
      profilePrior(facts, userMap, 2, 0)!,
    );
  });
});

describe("nothing is renewed", () => {
  test("where no text has a vector", async () => {
    expect(await renewed()).toBeUndefined();
  });

  test("where fewer than twice as many posts have a vector: who serves takes those up", async () => {
    await encode({ 1: NORTH });
    expect(await renewed(learnt([{ vector: [1, 0, 0] }, {}, {}]))).toBeUndefined();
    await encode({ 2: NORTH });
    const after = await renewed(learnt([{ vector: [1, 0, 0] }, {}, {}]));
    expect([...after!.embeddings.subarray(0, 6)]).toEqual([0, 1, 0, 0, 1, 0]);
  });

  test("by another encoder before it has as many", async () => {
    const other = { model: "other@2", dimension: 3 };
    const model = learnt([{ vector: [1, 0, 0] }, { vector: [1, 0, 0] }, {}]);
    await encode({ 1: NORTH }, other.model);
    expect(await renewed(model, other)).toBeUndefined();
    await encode({ 2: NORTH }, other.model);
    const after = await renewed(model, other);
    expect([...after!.embeddings]).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 0]);
    expect(after!.info.encoder).toEqual(other);
  });
});
