/** Intent of a request: the category and the mood that `project_code` and `mood` stand for. */
import { distance } from "fastest-levenshtein";
import { LRUCache } from "lru-cache";
import { hasWords, matchCategory, matchMeaning, type Match } from "../ranking/match.ts";
import type { Model } from "../snapshot/model.ts";
import { moodVector } from "../models/mood/model.ts";
import { MOODS } from "../models/mood/moods.ts";

/** Encodes a text into a unit vector with the named encoder; `undefined` if that takes too long. */
export type EncodeText = (text: string, model: string) => Promise<Float32Array | undefined>;

/** A category understood; `fallback` names what could not be done. */
type CategoryIntent = Match & { readonly fallback: readonly string[] };
/** A mood understood; `fallback` names what could not be done. */
type MoodIntent = {
  readonly vector: Float32Array | undefined;
  readonly match: readonly string[];
  readonly fallback: readonly string[];
};

/** Number of query vectors that are cached. */
const TEXTS = 1_000;
/** Most wrong letters in the name of a mood. */
const TYPOS = 2;

/** Intent of words that are far from every post. */
const FAR: MoodIntent = { vector: undefined, match: ["mood:none"], fallback: [] };

/** Reads intents. */
export type IntentReader = ReturnType<typeof intentReader>;

/** Opens the reader of intents; caches the vectors of query texts. */
export function intentReader(encode: EncodeText) {
  const vectors = new LRUCache<string, Float32Array>({ max: TEXTS });

  const vectorOf = async ({ info }: Model, text: string) => {
    if (info.encoder === undefined) return undefined;
    const key = `${info.encoder.model} ${text}`;
    const vector = vectors.get(key) ?? (await encode(text, info.encoder.model));
    if (vector?.length !== info.encoder.dimension) return undefined;
    vectors.set(key, vector);
    return vector;
  };

  return {
    /** The category that `code` names; else the posts close to it in meaning; else all posts. */
    category: async (model: Model, code: string | undefined): Promise<CategoryIntent> => {
      const none = { categoryMask: undefined, match: ["none"], fallback: [] };
      if (code === undefined) return { ...none, match: [] };
      const named = matchCategory(model, code);
      if (named.categoryMask) return { ...named, fallback: [] };
      if (!hasWords(code)) return none;
      const vector = await vectorOf(model, code);
      if (vector === undefined) return { ...none, fallback: ["category_not_encoded"] };
      const meant = matchMeaning(model, vector);
      return meant.categoryMask ? { ...meant, fallback: [] } : none;
    },
    /** The vector of a named mood; else that of the words, if any post is about them. */
    mood: async (model: Model, words: string | undefined): Promise<MoodIntent> => {
      if (words === undefined) return { vector: undefined, match: [], fallback: [] };
      const mood = MOODS[moodIndex(words)];
      if (mood === undefined && !hasWords(words)) return FAR;
      const vector =
        (mood && moodVector(model, mood.name)) ?? (await vectorOf(model, mood?.sentence ?? words));
      if (vector === undefined) return { vector, match: [], fallback: ["mood_not_encoded"] };
      if (mood === undefined && !matchMeaning(model, vector).categoryMask) return FAR;
      return { vector, match: [mood ? `mood:${mood.name}` : "mood"], fallback: [] };
    },
  };
}

/** Index of the mood that `words` name, small typing errors forgiven; −1 if none. */
export function moodIndex(words: string): number {
  const folded = words.normalize("NFKC").trim().toLowerCase();
  const apart = MOODS.map(({ name }) => {
    const typos = distance(folded, name);
    // The first letter must be right: "glad" is not "sad".
    return typos < TYPOS || folded.startsWith(name[0]!) ? typos : Infinity;
  });
  const least = Math.min(...apart);
  // In a very short word, two wrong letters are most of the word.
  return least <= Math.min(TYPOS, folded.length - 2) ? apart.indexOf(least) : -1;
}
