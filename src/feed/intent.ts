/** What a client asks for in words: a category, a mood. */
import { distance } from "fastest-levenshtein";
import { LRUCache } from "lru-cache";
import { hasWords, matchCategory, matchMeaning, type Match } from "../ranking/match.ts";
import type { Model } from "../snapshot/model.ts";
import { MOODS } from "../models/mood/moods.ts";

/** A text's unit vector by the named encoder; `undefined` if it is not there in time. */
export type EncodeText = (text: string, model: string) => Promise<Float32Array | undefined>;

/** A wish understood. `fallback` says what could not be done. */
export type CategoryWish = Match & { readonly fallback: readonly string[] };
export type MoodWish = {
  readonly vector: Float32Array | undefined;
  readonly match: readonly string[];
  readonly fallback: readonly string[];
};

const TEXTS = 1_000;
/** Letters that may be wrong in a mood's name. */
const TYPOS = 2;

/** Understands wishes; vectors of texts asked for before are kept. */
export function wishes(encode: EncodeText) {
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
    /** Posts of the category; by meaning if nothing has that name; all if nothing means it. */
    category: async (model: Model, code: string | undefined): Promise<CategoryWish> => {
      if (code === undefined) return { within: undefined, match: [], fallback: [] };
      const named = matchCategory(model, code);
      if (named.within) return { ...named, fallback: [] };
      if (!hasWords(code)) return { within: undefined, match: ["none"], fallback: [] };
      const vector = await vectorOf(model, code);
      if (vector === undefined)
        return { within: undefined, match: ["none"], fallback: ["category_not_encoded"] };
      const meant = matchMeaning(model, vector);
      return { within: meant.within, match: meant.within ? meant.match : ["none"], fallback: [] };
    },
    /** The mood's direction: of a named one, or of the words themselves if any post is about them. */
    mood: async (model: Model, words: string | undefined): Promise<MoodWish> => {
      if (words === undefined) return { vector: undefined, match: [], fallback: [] };
      const mood = MOODS[moodPlace(words)];
      if (mood === undefined && !hasWords(words)) return FAR;
      const vector =
        storedMood(model, mood?.name) ?? (await vectorOf(model, mood?.sentence ?? words));
      if (vector === undefined) return { vector, match: [], fallback: ["mood_not_encoded"] };
      if (mood === undefined && !matchMeaning(model, vector).within) return FAR;
      return { vector, match: [mood ? `mood:${mood.name}` : "mood"], fallback: [] };
    },
  };
}

/** A mood that no post is about. */
const FAR: MoodWish = { vector: undefined, match: ["mood:none"], fallback: [] };

/** The named mood somebody means, small typing errors forgiven; −1 if none. */
export function moodPlace(words: string): number {
  const folded = words.normalize("NFKC").trim().toLowerCase();
  const apart = MOODS.map(({ name }) => {
    const typos = distance(folded, name);
    // Hardly anybody mistypes a first letter: "glad" is not "sad".
    return typos < TYPOS || folded.startsWith(name[0]!) ? typos : Infinity;
  });
  const least = Math.min(...apart);
  // Of a very short word two letters are most of it.
  return least <= Math.min(TYPOS, folded.length - 2) ? apart.indexOf(least) : -1;
}

function storedMood({ info, moodVectors }: Model, name = ""): Float32Array | undefined {
  const row = info.moods.indexOf(name);
  const d = info.encoder?.dimension ?? 0;
  return row < 0 || d === 0 ? undefined : moodVectors.subarray(row * d, row * d + d);
}
