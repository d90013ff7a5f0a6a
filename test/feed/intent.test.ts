/** Intent in words: names of moods, typing errors, free words, texts of no encoder. */
import { describe, expect, test } from "bun:test";
import { intentReader, moodIndex, type EncodeText } from "../../src/feed/intent.ts";
import { MOODS } from "../../src/models/mood/moods.ts";
import { encodeNothing, encodeWords } from "../support/feeds.ts";
import { modelOf } from "../support/model.ts";

const MODEL = modelOf([{ vector: [1, 0, 0] }, { vector: [0, 1, 0] }], {
  moods: { calm: [0, 1, 0] },
});

describe("a mood's name", () => {
  test.each([
    ["calm", "calm"],
    ["  CALM ", "calm"],
    ["ｃａｌｍ", "calm"],
    ["calmm", "calm"],
    ["clam", "calm"],
    ["motivatde", "motivated"],
    ["motivted", "motivated"],
    ["anxous", "anxious"],
    ["appy", "happy"],
    ["hapyy", "happy"],
    ["sda", undefined],
    ["sd", undefined],
    ["a", undefined],
    ["", undefined],
    ["glad", undefined],
    ["warm", undefined],
    ["focus", "focused"],
    ["motivation", undefined],
    ["ready for the rain", undefined],
  ])("%p means %p", (words, name) => {
    expect(MOODS[moodIndex(words)]?.name as string | undefined).toBe(name);
  });

  test("is understood for every mood", () => {
    for (const [place, { name }] of MOODS.entries()) expect(moodIndex(name)).toBe(place);
  });
});

describe("a mood", () => {
  test("with a name uses the snapshot's vector and needs no encoder", async () => {
    const { vector, match, fallback } = await intentReader(encodeNothing).mood(MODEL, "clam");
    expect([vector, match, fallback]).toEqual([Float32Array.of(0, 1, 0), ["mood:calm"], []]);
  });

  test("with a name without a vector in the snapshot is encoded from its sentence", async () => {
    const asked: string[] = [];
    const encode: EncodeText = async (text) => (asked.push(text), Float32Array.of(0, 0, 1));
    const { vector, match } = await intentReader(encode).mood(MODEL, "happy");
    expect([vector, match]).toEqual([Float32Array.of(0, 0, 1), ["mood:happy"]]);
    expect(asked).toEqual([MOODS.find((it) => it.name === "happy")!.sentence]);
  });

  test("in free words is encoded once", async () => {
    let asked = 0;
    const { mood } = intentReader((...text) => (asked++, encodeWords(...text)));
    expect(await mood(MODEL, "soup")).toEqual(await mood(MODEL, "soup"));
    expect((await mood(MODEL, "soup")).match).toEqual(["mood"]);
    expect(asked).toBe(1);
  });

  test("that cannot be encoded is left out, named in fallback, and tried again next time", async () => {
    let asked = 0;
    const { mood } = intentReader((...text) => (asked++, encodeNothing(...text)));
    const left = { vector: undefined, match: [], fallback: ["mood_not_encoded"] };
    expect(await mood(MODEL, "soup")).toEqual(left);
    expect(await mood(MODEL, "soup")).toEqual(left);
    expect(asked).toBe(2);
  });

  test("in words far from every post has no vector", async () => {
    const { mood, category } = intentReader(encodeWords);
    const none = { vector: undefined, match: ["mood:none"], fallback: [] };
    expect(await mood(MODEL, "stars")).toEqual(none);
    expect(await category(MODEL, "stars")).toEqual({ categoryMask: undefined, match: ["none"], fallback: [] }); // prettier-ignore
  });

  test("with a name has a vector even if no post is near", async () => {
    const far = modelOf([{ vector: [1, 0, 0] }], { moods: { calm: [0, 0, 1] } });
    expect((await intentReader(encodeNothing).mood(far, "calm")).match).toEqual(["mood:calm"]);
  });

  test.each(["1234", "!!!", " . ", "3.14", "-----", "१२३"])(
    "%p has no words to encode",
    async (text) => {
      const { mood, category } = intentReader(async () => {
        throw new Error("asked");
      });
      expect((await mood(MODEL, text)).match).toEqual(["mood:none"]);
      expect((await category(MODEL, text)).match).toEqual(["none"]);
    },
  );

  test("is empty if the request has none", async () => {
    const none = { vector: undefined, match: [], fallback: [] };
    expect(await intentReader(encodeWords).mood(MODEL, undefined)).toEqual(none);
  });
});

describe("vectors of different encoders are never compared", () => {
  const others = modelOf([{ vector: [1, 0, 0] }], { encoder: { model: "other@2", dimension: 3 } });
  const plain = modelOf([{}], { encoder: undefined });

  test("the text is encoded by the snapshot's encoder", async () => {
    const asked: string[] = [];
    const { mood } = intentReader(
      async (_, model) => (asked.push(model), Float32Array.of(1, 0, 0)),
    );
    await mood(MODEL, "soup");
    await mood(others, "soup");
    expect(asked).toEqual(["fake@1", "other@2"]);
  });

  test("a vector of another encoder or length is not used", async () => {
    expect((await intentReader(encodeWords).mood(others, "soup")).fallback).toEqual([
      "mood_not_encoded",
    ]);
    const short = intentReader(async () => Float32Array.of(1, 0));
    expect((await short.category(MODEL, "soup")).fallback).toEqual(["category_not_encoded"]);
  });

  test("a snapshot without an encoder encodes nothing", async () => {
    const { mood, category } = intentReader(async () => {
      throw new Error("asked");
    });
    expect((await mood(plain, "calm")).fallback).toEqual(["mood_not_encoded"]);
    expect((await category(plain, "soup")).match).toEqual(["none"]);
  });
});
