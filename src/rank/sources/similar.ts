/** Posts whose texts resemble one of the person's interests. */
import { topK } from "../../math/top-k.ts";
import type { Source } from "../pipeline.ts";
import type { Query } from "../query.ts";
import { nearTo } from "./near.ts";

/** Posts each interest brings. */
const PER_INTEREST = 150;

export const similar: Source = {
  name: "similar",
  retrieve: (query) => {
    const { liked } = query.interests();
    const d = query.model.info.encoder?.dimension ?? 1;
    const found = new Uint32Array((liked.length / d) * PER_INTEREST);
    const isFound = new Uint8Array(query.model.postIds.length);
    let size = 0;
    for (let v = 0; v < liked.length / d; v++)
      for (const row of nearest(query, v, liked.subarray(v * d, v * d + d))) {
        if (isFound[row] === 0) found[size++] = row;
        isFound[row] = 1;
      }
    return found.subarray(0, size);
  },
};

/** The nearest posts to interest `v` that may be in this feed. */
function nearest(query: Query, v: number, interest: Float32Array): Uint32Array {
  const similarity = query.similarity();
  if (similarity === undefined) return nearTo(query, interest, PER_INTEREST);
  const open = query.open();
  const posts = open.length;
  const column = new Float32Array(posts);
  // A product of exactly 0 is that of a post without a vector, or says as little.
  for (let row = 0; row < posts; row++)
    column[row] = open[row] === 1 ? similarity[v * posts + row]! || -Infinity : -Infinity;
  return topK(column, PER_INTEREST);
}
