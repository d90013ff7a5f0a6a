/** Posts whose texts resemble one of the person's interests. */
import { topK } from "../../linalg/top-k.ts";
import type { Source } from "../pipeline.ts";
import type { Query } from "../query.ts";
import { nearTo } from "./near.ts";

/**
 * Largest catalogue, in posts, in which this source finds nothing: the 1,200 most popular and newest
 * compete anyway and hold what an interest would find, and choosing takes a tenth of a feed's time.
 */
const POSTS_MAX = 4_096;

/** Posts that each interest finds. */
const PER_INTEREST = 150;

/** Posts near an interest of the person. */
export const similar: Source = {
  name: "similar",
  retrieve: (query) =>
    query.model.postKeys.length > POSTS_MAX ? nearInterests(query) : new Uint32Array(0),
};

/** What resembles an interest, each post once. */
export function nearInterests(query: Query): Uint32Array {
  const found = query.arrays.words(query.interests().likes * PER_INTEREST);
  const isFound = query.arrays.bytes(query.model.postKeys.length).fill(0);
  let size = 0;
  for (const rows of nearest(query))
    for (let n = 0; n < rows.length; n++) {
      if (isFound[rows[n]!] === 0) found[size++] = rows[n]!;
      isFound[rows[n]!] = 1;
    }
  return found.subarray(0, size);
}

/** For each interest, the eligible posts nearest to it. */
function nearest(query: Query): Uint32Array[] {
  const { count, likes, units } = query.interests();
  const interests = Array.from({ length: likes }, (_, v) => v);
  const similarity = query.similarity();
  if (similarity === undefined) {
    const d = query.model.info.encoder?.dimension ?? 0;
    return interests.map((v) => nearTo(query, units().subarray(v * d, v * d + d), PER_INTEREST));
  }
  const { arrays, dense, model } = query;
  const posts = model.postKeys.length;
  const stride = similarity.length / count;
  const allowed = arrays.bytes(posts);
  allowed.set(query.eligibility().eligible);
  for (let row = 0; row < posts; row++) allowed[row]! &= dense.hasVector[row]!;
  return interests.map((v) =>
    topK(similarity.subarray(v * stride, v * stride + posts), PER_INTEREST, allowed),
  );
}
