/** Score terms that are read from a dense column of the request or of the model. */
import { gather } from "../../linalg/vector-ops.ts";
import type { Term } from "../../snapshot/model.ts";
import { weightAt } from "../blend.ts";
import { toldLength } from "../person.ts";
import type { Scorer } from "../pipeline.ts";
import type { Query } from "../query.ts";

const fromColumn = (name: Term, column: (query: Query) => Float32Array): Scorer => ({
  name,
  weight: ({ model, person }) => weightAt(model.info.blend, name, toldLength(person)),
  score: (query, rows) => gather(query.arrays, column(query), rows),
});

const everywhere = fromColumn("collaborative", (query) => query.collaborative());
/** x·y, from the factors. */
export const collaborative: Scorer = {
  ...everywhere,
  score: (query, rows) => {
    const { dense, person } = query;
    return dense.mips && person.factors
      ? dense.factors.withSome(person.factors, rows).subarray(0, rows.length)
      : everywhere.score(query, rows);
  },
};
/** Similarity to the liked posts, by who liked them. */
export const neighbours = fromColumn("neighbours", (query) => query.neighbours());
/** How often it followed the posts liked last. */
export const sequence = fromColumn("sequence", (query) => query.sequence());
/** How often it came next in pasts like the person's. */
export const stretches = fromColumn("stretches", (query) => query.stretches());
export const popular = fromColumn("popular", ({ dense }) => dense.popularity);
export const trending = fromColumn("trending", ({ dense }) => dense.trending);
export const fresh = fromColumn("fresh", ({ dense }) => dense.freshness);
