/** How near a post's text is to the nearest of the person's interests, and how far from dislikes. */
import { dotRows } from "../../math/vector.ts";
import { weightAt } from "../blend.ts";
import type { Scorer } from "../pipeline.ts";
import type { Query } from "../query.ts";

/** What nearness to a dislike takes away, relative to what nearness to a like gives. */
const AGAINST_DISLIKED = 0.3;

export const similar: Scorer = {
  name: "similar",
  weight: ({ model, person }) => weightAt(model.info.blend, "similar", person.length),
  score: (query, rows) => {
    const { liked, all } = query.interests();
    const d = query.model.info.encoder?.dimension ?? 1;
    const [likes, count, size] = [liked.length / d, all.length / d, rows.length];
    const similarity = similarityOf(query, rows, count, d);
    const out = new Float32Array(size);
    // Of a post without a vector everything is 0.
    for (let n = 0; n < size; n++) {
      let nearness = likes > 0 ? -1 : 0;
      let repelled = 0;
      for (let v = 0, at = n; v < count; v++, at += size) {
        const it = similarity[at]!;
        if (v >= likes) repelled = it > repelled ? it : repelled;
        else if (it > nearness) nearness = it;
      }
      out[n] = nearness - AGAINST_DISLIKED * repelled;
    }
    return out;
  },
};

/** Inner products of the interests with some posts `[count × rows]`. */
function similarityOf(query: Query, rows: Uint32Array, count: number, d: number): Float32Array {
  const everywhere = query.similarity();
  const { all } = query.interests();
  const { embeddings, postIds } = query.model;
  const size = rows.length;
  const out = new Float32Array(count * size);
  for (let v = 0; v < count; v++) {
    const column = everywhere?.subarray(v * postIds.length, (v + 1) * postIds.length);
    const to = v * size;
    if (column) for (let n = 0; n < size; n++) out[to + n] = column[rows[n]!]!;
    else for (let n = 0; n < size; n++) out[to + n] = dotRows(all, v, embeddings, rows[n]!, d);
  }
  return out;
}
