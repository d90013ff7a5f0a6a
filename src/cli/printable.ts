/** Foreign text made harmless to a terminal: titles, names and replies may hold more than letters. */

/**
 * Control characters but the line feed, those that turn the direction of writing, and further ends
 * of a line.
 */
const UNSEEN =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text without what a terminal obeys instead of showing it: escape sequences, controls, directions. */
export function printable(text: string): string {
  // Again until nothing is left: what is cut out of the middle may leave a sequence behind.
  for (let before = text; ; before = text) {
    text = Bun.stripANSI(before).toWellFormed().replaceAll("\t", " ").replace(UNSEEN, "");
    if (text === before) return text;
  }
}

/** Printable text on one line: a cell of a table, an entry of a list. */
export function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, " "));
}
