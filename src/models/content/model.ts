/** Content: posts whose texts resemble what somebody likes, and how near a text must come to mean a post. */
import { column, partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import { stacked, type TextView } from "../training-view.ts";
import { meaningFloors, NONSENSE } from "./floors.ts";

/** `floors`: the similarity above which a text is about a post. */
export const similarPart = partSpec()("similar", { floors: column("Float32Array", "posts") });

/** @see meaningFloors */
export const similar: ModelSpec = {
  ...similarPart,
  texts: NONSENSE,
  train: (view) => learnt(view, view.createdAtMs.length),
  renew: (before, view) => learnt(view, before.postKeys.length),
};

function learnt({ embeddings, texts, dimension }: TextView, posts: number) {
  const nonsense = stacked(NONSENSE.flatMap((it) => texts[it] ?? []));
  return { info: {}, columns: { floors: meaningFloors(posts, embeddings, nonsense, dimension) } };
}
