/** Content as a model: posts whose texts are near a person's interests, and each post's floor of meaning. */
import { column, partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import { stacked, type TextView } from "../training-view.ts";
import { fillFloors, meaningFloors, NONSENSE } from "./floors.ts";
import { openContent } from "./serve.ts";

/** `floors`: the similarity above which a text is about a post. */
export const similarPart = partSpec()("similar", { floors: column("Float32Array", "posts") });

/**
 * Largest catalogue, in posts, without this source: there the 1,200 most popular and newest posts, which
 * always compete, contain most of what it would find.
 */
const POSTS_MAX = 4_096;

/** @see meaningFloors */
export const similar: ModelSpec = {
  ...similarPart,
  texts: NONSENSE,
  train: (view) => learnt(view, view.createdAtMs.length),
  renew: (before, view) => learnt(view, before.postKeys.length),
  fill: (model, rows, texts) => {
    const d = model.info.encoder?.dimension ?? 0;
    const { floors } = similarPart.of(model).columns;
    fillFloors(floors, model.embeddings, rows, nonsenseIn(texts), d);
    return [model.embeddings];
  },
  *serve(view) {
    const { postsNearInterests, ...own } = openContent(view);
    const isLarge = view.model.postKeys.length > POSTS_MAX;
    return isLarge ? { ...own, retrieve: postsNearInterests } : own;
  },
  weights: [0, 0.3, 0.3, 0.4],
  isPersonal: true,
  about: "Meaning: the text of the post is near the texts of posts that were liked (SBERT).",
  words: "is about what you like",
  because: "which is about much the same",
};

function learnt({ embeddings, texts, dimension }: TextView, posts: number) {
  const floors = meaningFloors(posts, embeddings, nonsenseIn(texts), dimension);
  return { info: {}, columns: { floors } };
}

const nonsenseIn = (texts: TextView["texts"]) => stacked(NONSENSE.flatMap((it) => texts[it] ?? []));
