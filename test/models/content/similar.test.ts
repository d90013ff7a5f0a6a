/** Nearness to interests, however it is worked out: by rows kept, in 16 bits or plainly, it is the same. */
import { atOnce } from "../../../src/runtime/time-slicing.ts";
import { describe, expect, test } from "bun:test";
import { topK } from "../../../src/linalg/top-k.ts";
import { dotRows } from "../../../src/linalg/vector.ts";
import { openScan } from "../../../src/index/scan.ts";
import { openRanker } from "../../../src/ranking/feed.ts";
import { personOf } from "../../../src/models/person.ts";
import { queryOf } from "../../../src/ranking/query.ts";
import { interestsOf } from "../../../src/models/content/interests.ts";
import { openContent } from "../../../src/models/content/serve.ts";
import { preparedModel } from "../../../src/ranking/prepared-model.ts";
import { generatedHistory, generatedModel } from "../../support/generated.ts";

const PER_INTEREST = 150;

describe.each([
  [200, "plainly", false],
  [300, "row by row, as in a catalogue too large for more", true],
  [700, "from rows whose products are kept", false],
  [4_200, "in 16 bits", false],
])("among %d posts, %s,", (posts, _, isLarge) => {
  const model = generatedModel(posts, 5);
  const d = model.info.encoder!.dimension;
  model.embeddings.fill(0, 3 * d, 7 * d); // texts that have no vector yet
  const nearest = atOnce(openScan(model.embeddings, d));
  const content = openContent(preparedModel(model).view, isLarge ? 0 : undefined);
  const { rowOf } = atOnce(openRanker(model, nearest));
  const categoryMask = Uint8Array.from({ length: posts }, (_, row) => Number(row % 3 > 0));
  const queryAfter = (length: number, inside?: Uint8Array) => {
    const person = personOf(model, rowOf, generatedHistory(model, length, length));
    const asked = { model, nearest, person, categoryMask: inside, mood: undefined, limit: 100 };
    return queryOf(asked);
  };
  const rows = Uint32Array.from({ length: posts }, (_, row) => row);
  const productsOf = (vectors: Float32Array, row: number) =>
    Array.from({ length: vectors.length / d }, (_, v) =>
      dotRows(vectors, v, model.embeddings, row, d),
    );

  test.each([0, 1, 3, 60])("a post's score after a history of %d is what its vector says", (n) => {
    const query = queryAfter(n);
    const { likes, units } = interestsOf(model, query.person);
    const [liked, disliked] = [units().subarray(0, likes * d), units().subarray(likes * d)];
    const scores = content.score(query, rows);
    for (const row of rows) {
      const near = liked.length > 0 ? Math.max(...productsOf(liked, row)) : 0;
      const wanted = near - 0.3 * Math.max(0, ...productsOf(disliked, row));
      expect(scores[row]).toBeCloseTo(wanted, 3);
    }
  });

  test.each([undefined, categoryMask])(
    "the source brings what is nearest and may be there",
    (inside) => {
      const query = queryAfter(60, inside);
      const { likes, units } = interestsOf(model, query.person);
      const seen = new Set(query.person.seen);
      const fits = (row: number) =>
        model.flags[row] === 0 && !seen.has(row) && inside?.[row] !== 0 && !(row >= 3 && row < 7);
      const wanted = new Set<number>();
      for (let v = 0; v < likes; v++) {
        const column = Float32Array.from(rows, (row) =>
          fits(row) ? dotRows(units(), v, model.embeddings, row, d) : -Infinity,
        );
        for (const row of topK(column, PER_INTEREST)) wanted.add(row);
      }
      const found = [...content.postsNearInterests(query)];
      expect(new Set(found).size).toBe(found.length);
      // In 16 bits the last of an interest may be another that is as near.
      const missing = [...wanted].filter((row) => !found.includes(row));
      expect(missing.length).toBeLessThanOrEqual(posts > 4_096 ? 2 : 0);
      expect(found.length).toBeGreaterThanOrEqual(wanted.size - 2);
      expect(found.filter((row) => !fits(row))).toEqual([]);
    },
  );
});
