/** What a client means by `project_code`: which posts belong to it. */
import type { Model } from "../snapshot/model.ts";
import { denseOf } from "./dense.ts";

/** The posts that match, as a mask `[posts]`, and which readings held. */
export type Match = { readonly within: Uint8Array | undefined; readonly match: readonly string[] };

/** Similarity between a code's words and a post from which the post is about it. */
export const SEMANTIC_FLOOR = 0.35;

/**
 * Posts whose topic has the code, and posts whose category's id, name or slugified name equals it.
 *
 * @returns no `within` if nothing equals it.
 */
export function matchCategory(model: Model, code: string): Match {
  const wanted = fold(code);
  const { categories, topicCodes } = model.info;
  const byCategory = categories.map(({ id, name }) =>
    [String(id), fold(name), slugified(name)].includes(wanted),
  );
  const byTopic = topicCodes.map((it) => fold(it) === wanted);
  const within = new Uint8Array(model.postIds.length);
  let [topic, category] = [false, false];
  for (let row = 0; row < within.length; row++) {
    if (model.flags[row] !== 0) continue; // what may not be served is no reason to match
    const inTopic = byTopic[model.topicRows[row]!] === true;
    const inCategory = byCategory[model.categoryRows[row]!] === true;
    within[row] = Number(inTopic || inCategory);
    topic ||= inTopic;
    category ||= inCategory;
  }
  const match = [...(topic ? ["topic"] : []), ...(category ? ["category"] : [])];
  return { within: match.length > 0 ? within : undefined, match };
}

/**
 * Posts that are about the code's words.
 *
 * @param vector  Unit vector of the words `[d]`.
 */
export function matchMeaning(model: Model, vector: Float32Array): Match {
  const d = vector.length;
  const within = new Uint8Array(model.postIds.length);
  if (model.info.encoder?.dimension !== d) return { within: undefined, match: [] };
  const similarity = denseOf(model).texts.withAll(vector);
  let found = false;
  for (let row = 0; row < within.length; row++) {
    if (model.flags[row] !== 0) continue;
    if (similarity[row]! < SEMANTIC_FLOOR) continue;
    within[row] = 1;
    found = true;
  }
  return found ? { within, match: ["semantic"] } : { within: undefined, match: [] };
}

/** Case, width and composition of letters do not matter. */
function fold(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/** "Public Speaking" → "public-speaking". */
function slugified(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
