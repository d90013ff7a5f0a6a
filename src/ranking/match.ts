/** Matching: the posts that a `project_code` names, and those that are near words in meaning. */
import { singular } from "pluralize";
import type { Model } from "../snapshot/model.ts";
import { remembered } from "../models/contract.ts";
import { withoutAccents } from "../models/words.ts";
import { similarPart } from "../models/content/model.ts";
import { preparedModel } from "./prepared-model.ts";

/** A mask of the posts that match, eligible or not `[posts]`, and the kinds of match. */
export type Match = {
  readonly categoryMask: Uint8Array | undefined;
  readonly match: readonly string[];
};

/** A name or code in the forms that are compared. */
type Name = {
  readonly folded: string;
  /** Its words without anything between them. */
  readonly joined: string;
  readonly words: ReadonlySet<string>;
  /** Its words, each pair of neighbours as one word, and "kueche" for "Küche". */
  readonly parts: ReadonlySet<string>;
};

/**
 * The posts of each topic whose code equals `code`, and of each category whose id, name or slug equals
 * it or whose name contains all its words, separately or as one. If nothing equals the code as a whole,
 * topics whose code contains all its words count too.
 *
 * @returns No `categoryMask` if there is no such topic or category.
 */
export function matchCategory(model: Model, code: string): Match {
  const { folded, joined, words } = nameOf(code);
  const { categories, topicCodes } = namesIn(model);
  const isTogether = (it: Name) => joined !== "" && it.joined === joined;
  const isWorded = hasWords(code) && words.size > 0;
  const holds = (it: Name) =>
    isWorded && (isTogether(it) || it.parts.has(joined) || words.isSubsetOf(it.parts));
  const idEquals = (n: number) => model.info.categories[n]!.id?.toString() === folded;
  const equals = (it: Name, n: number) => idEquals(n) || it.folded === folded || isTogether(it);

  const isCategory = categories.map((it, n) => it && equals(it, n));
  const isTopic = topicCodes.map((it) => it?.folded === folded);
  const isEqual = isCategory.includes(true) || isTopic.includes(true);
  const byCategory = categories.map((it, n) => isCategory[n] || (it && holds(it)) === true);
  const byTopic = isEqual ? isTopic : topicCodes.map((it) => (it && holds(it)) === true);
  const match = [
    ...(byTopic.includes(true) ? ["topic"] : []),
    ...(byCategory.includes(true) ? ["category"] : []),
  ];
  if (match.length === 0) return { categoryMask: undefined, match };
  const categoryMask = new Uint8Array(model.postKeys.length);
  for (let row = 0; row < categoryMask.length; row++) {
    const isIn = byTopic[model.topicRows[row]!] || byCategory[model.categoryRows[row]!];
    categoryMask[row] = Number(isIn === true);
  }
  visitFurther(model, (row, category) => {
    if (byCategory[category] === true) categoryMask[row] = 1;
  });
  return { categoryMask, match };
}

/** Visits the categories of posts after their first. */
export function visitFurther(
  { furtherCategories }: Model,
  visit: (row: number, category: number) => void,
): void {
  for (let n = 0; n < furtherCategories.length; n += 2)
    visit(furtherCategories[n]!, furtherCategories[n + 1]!);
}

/** Names in the order of the model's lists; `undefined` for a name without a servable post. */
type Names = {
  readonly categories: readonly (Name | undefined)[];
  readonly topicCodes: readonly (Name | undefined)[];
};

const namesIn = remembered((model: Model): Names => {
  const [categories, topics] = [new Set<number>(), new Set<number>()];
  for (let row = 0; row < model.flags.length; row++) {
    if (model.flags[row] !== 0) continue;
    categories.add(model.categoryRows[row]!);
    topics.add(model.topicRows[row]!);
  }
  visitFurther(model, (row, category) => {
    if (model.flags[row] === 0) categories.add(category);
  });
  return {
    categories: model.info.categories.map(({ name }, n) => categories.has(n) ? nameOf(name) : undefined), // prettier-ignore
    topicCodes: model.info.topicCodes.map((it, n) => (topics.has(n) ? nameOf(it) : undefined)),
  };
});

/**
 * The posts that are about some words: their similarity is above the post's floor of meaning.
 *
 * @param vector  Unit vector of the words `[d]`.
 */
export function matchMeaning(model: Model, vector: Float32Array): Match {
  const categoryMask = new Uint8Array(model.postKeys.length);
  if (model.info.encoder?.dimension !== vector.length)
    return { categoryMask: undefined, match: [] };
  const { view, eligibility } = preparedModel(model);
  const { texts, hasVector } = view;
  const { floors } = similarPart.of(model).columns;
  const similarity = texts.withAll(vector);
  let found = false;
  for (let row = 0; row < categoryMask.length; row++) {
    if (hasVector[row] === 0 || similarity[row]! <= floors[row]!) continue;
    categoryMask[row] = 1;
    found ||= eligibility.eligible[row] === 1;
  }
  return found ? { categoryMask, match: ["semantic"] } : { categoryMask: undefined, match: [] };
}

/** True if a text may have a meaning: it has a letter or a pictogram. Digits and signs alone have none. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{Extended_Pictographic}]/u.test(text);
}

const SEGMENTER = new Intl.Segmenter("en", { granularity: "word" });

/**
 * The forms of a name, without case, width and composition of letters. Words are in the singular and
 * without accents; scripts without spaces are segmented into words.
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
