/** Feeds of a category, of a mood, and of both. */
import { describe, expect, test } from "bun:test";
import { ask, encodeNothing, encodeWords, idsOn } from "../support/feeds.ts";
import { ADA, adasWorld } from "./adas-world.ts";

const ada = adasWorld();

describe("an intent", () => {
  const asked = async (request: { projectCode?: string; mood?: string }, encode = encodeWords) => {
    const page = await ask(ada.world.serve(encode).feed, { ...request, pageSize: 10 });
    return { ids: idsOn(page), match: page.match, fallback: page.fallback };
  };

  test("for a category fills the whole feed with it, then shows its seen posts again", async () => {
    expect(await asked({ projectCode: "Running" })).toEqual({
      ids: [101, 102],
      match: ["category"],
      fallback: [],
    });
    await ada.world.did(ADA, { post: 102, kind: "view" }, { post: 101, kind: "view" });
    const page = await ask(ada.feed, { username: "ada", projectCode: "running" });
    expect([idsOn(page), page.fallback]).toEqual([[102, 101], ["seen"]]);
  });

  test("in words is matched by meaning", async () => {
    const { ids, match } = await asked({ projectCode: "running shoes" });
    expect([ids.toSorted(), match]).toEqual([[101, 102], ["semantic"]]);
  });

  test("that nothing matches gets the plain feed, and says so", async () => {
    const { ids, match, fallback } = await asked({ projectCode: "stars" });
    expect([ids.length, match, fallback]).toEqual([5, ["none"], []]);
  });

  test("that could not be encoded in time is left out, and the reply says so", async () => {
    expect(await asked({ projectCode: "soup", mood: "soup" }, encodeNothing)).toMatchObject({
      match: ["none"],
      fallback: ["category_not_encoded", "mood_not_encoded"],
    });
  });

  test("for a mood and a category is matched in both", async () => {
    const { ids, match } = await asked({ projectCode: "running", mood: "soup" });
    expect([ids, match]).toEqual([
      [102, 101],
      ["category", "mood"],
    ]);
    const calm = await asked({ projectCode: "cooking", mood: "calmm" }, encodeNothing);
    expect([calm.ids[0], calm.match, calm.fallback]).toEqual([103, ["category", "mood:calm"], []]);
  });
});
