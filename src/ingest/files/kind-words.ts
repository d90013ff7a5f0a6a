/** Words that a file has for kinds of events, as `--kinds` says. */
import { isSignal, signalNames } from "../../domain/known-signals.ts";
import { FileError } from "./contract.ts";

/** Kinds by a file's words for them, in lower case. */
export type KindWords = ReadonlyMap<string, string>;

const plainWord = (word: string) => word.trim().toLowerCase();

/**
 * The words that "watched=view,thumbs up=like" tells.
 *
 * @throws FileError for what is no kind.
 */
export function kindWords(told = ""): KindWords {
  const pairs = told
    .split(",")
    .filter(Boolean)
    .map((it) => it.split("=").map(plainWord));
  const wrong = pairs.find((it) => it.length !== 2 || !isSignal(it[1]!));
  if (wrong === undefined) return new Map(pairs as [string, string][]);
  throw new FileError(
    `--kinds ${wrong.join("=")}: expected word=kind, with one of the kinds ${signalNames().join(", ")}`,
  );
}

/** The kind that a value means; itself if it is none of the words. */
export function kindMeant(value: unknown, words: KindWords): unknown {
  return (typeof value === "string" && words.get(plainWord(value))) || value;
}
