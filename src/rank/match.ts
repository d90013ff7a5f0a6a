/** What a client means by words: which posts belong to a `project_code`, and whether any is near a mood. */
import { singular } from "pluralize";
import type { Model } from "../snapshot/model.ts";
import { withoutAccents } from "../train/words.ts";
import { denseOf } from "./dense.ts";

/** The posts that match, as a mask `[posts]`, and which readings held. */
export type Match = { readonly within: Uint8Array | undefined; readonly match: readonly string[] };

/** A name or code in the forms that it is compared in. */
type Name = {
  readonly folded: string;
  /** Without all that is between its words. */
  readonly joined: string;
  readonly words: ReadonlySet<string>;
  /** Its words and each two in a row as one, of "Küche" also "kueche". */
  readonly parts: ReadonlySet<string>;
};

/**
 * Posts whose topic or category is named by the code: whose topic's code, or category's id, name or
 * slug equals it, and those of every category whose name holds all its words, or all of them as one.
 * Words of a topic's code count where nothing equals the code as a whole.
 *
 * @returns no `within` if nothing is named so.
 */
export function matchCategory(model: Model, code: string): Match {
  const { folded, joined, words } = nameOf(code);
  const isTogether = (it: Name) => joined !== "" && it.joined === joined;
  const whole: Fits = {
    category: (it, id) => String(id) === folded || it.folded === folded || isTogether(it),
    topic: (it) => it.folded === folded,
  };
  const equal = named(model, whole);
  if (!hasWords(code) || words.size === 0) return equal;
  const holds = (it: Name) => isTogether(it) || it.parts.has(joined) || words.isSubsetOf(it.parts);
  return named(model, {
    category: (it, id) => whole.category(it, id) || holds(it),
    topic: equal.within ? whole.topic : holds,
  });
}

type Fits = {
  readonly category: (name: Name, id: number) => boolean;
  readonly topic: (code: Name) => boolean;
};

function named(model: Model, fits: Fits): Match {
  const names = namesIn(model);
  const byCategory = model.info.categories.map(({ id }, n) => fits.category(names.categories[n]!, id)); // prettier-ignore
  const byTopic = names.topicCodes.map(fits.topic);
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

type Names = { readonly categories: readonly Name[]; readonly topicCodes: readonly Name[] };
const prepared = new WeakMap<Model, Names>();

function namesIn(model: Model): Names {
  const before = prepared.get(model);
  if (before !== undefined) return before;
  const categories = model.info.categories.map(({ name }) => nameOf(name));
  const names = { categories, topicCodes: model.info.topicCodes.map(nameOf) };
  prepared.set(model, names);
  return names;
}

/**
 * Posts that are about the words: nearer to them than nonsense comes to any.
 *
 * @param vector  Unit vector of the words `[d]`.
 */
export function matchMeaning(model: Model, vector: Float32Array): Match {
  const within = new Uint8Array(model.postIds.length);
  if (model.info.encoder?.dimension !== vector.length) return { within: undefined, match: [] };
  const { texts, hasVector } = denseOf(model);
  const similarity = texts.withAll(vector);
  let found = false;
  for (let row = 0; row < within.length; row++) {
    if (hasVector[row] === 0 || similarity[row]! <= model.floors[row]!) continue;
    within[row] = 1;
    found = true;
  }
  return found ? { within, match: ["semantic"] } : { within: undefined, match: [] };
}

/** Whether a text has anything that may mean something: a letter, a picture. Digits and signs alone do not. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{Extended_Pictographic}]/u.test(text);
}

const SEGMENTER = new Intl.Segmenter("en", { granularity: "word" });

/**
 * Case, width and composition of letters do not matter. Words are in the singular and without
 * accents; scripts without spaces have words too.
 */
function nameOf(text: string): Name {
  const folded = text.normalize("NFKC").trim().toLowerCase();
  const words = wordsIn(folded);
  const spelt = wordsIn(folded.replace(/[äöü]/g, "$&e"));
  return {
    folded,
    joined: words.join(""),
    words: new Set(words.map((it) => singular(it))),
    parts: new Set([...words, ...pairsOf(words), ...spelt].map((it) => singular(it))),
  };
}

function wordsIn(folded: string): string[] {
  const plain = withoutAccents(folded.replaceAll("ß", "ss"));
  const apart = plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ");
  return [...SEGMENTER.segment(apart)].filter((it) => it.isWordLike).map((it) => it.segment);
}

const pairsOf = (words: readonly string[]) => words.slice(1).map((it, n) => words[n]! + it);
