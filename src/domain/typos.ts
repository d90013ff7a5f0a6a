/** Typing errors: the known name that an unknown one was probably meant to be. */
import { distance } from "fastest-levenshtein";

/** Most edits between the two, and letters of the known name for each edit: of four letters, two others are another word. */
const [EDITS_MAX, LETTERS_PER_EDIT] = [2, 2.5];
/** Characters of an unknown name that are compared. */
const COMPARED_MAX = 40;

/** True if `name` is `known` but for a few letters. */
export function isAlmost(known: string, name: string): boolean {
  const edits = Math.min(EDITS_MAX, Math.floor(known.length / LETTERS_PER_EDIT));
  return distance(name.slice(0, COMPARED_MAX), known) <= edits;
}

/** The end of a refusal that says which name was meant; "" if none is near. */
export function didYouMean(meant: string | undefined): string {
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
