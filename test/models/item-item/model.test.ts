/** Item-item as a feed reads it: likes raise their neighbours, dislikes lower them. */
import { expect, test } from "bun:test";
import { AS_OF_MS, modelOf, queryFor, rankingWith } from "../../support/model.ts";

test("a post near a liked one scores above 0, one near a disliked one below", () => {
  const neighbours = {
    info: { m: 1 },
    columns: { rows: Uint32Array.of(2, 3, 0, 1), scores: Float32Array.of(0.5, 0.5, 0.5, 0.5) },
  };
  const model = modelOf([{}, {}, {}, {}], { parts: { neighbours } });
  const { ranker, person } = rankingWith(model);
  const scorer = ranker.pipeline.scorers.find(({ name }) => name === "neighbours")!;
  const known = person([
    { post: 101, kind: "like", atMs: AS_OF_MS },
    { post: 102, kind: "rating", value: -50, atMs: AS_OF_MS },
  ]);
  const query = queryFor(model, { person: known });
  query.arrays.scope(() => {
    const [likeable, unlikeable] = scorer.score(query, Uint32Array.of(2, 3));
    expect(likeable).toBeGreaterThan(0);
    expect(unlikeable).toBeLessThan(0);
  });
});
