/** Makes foreign text (titles, names, replies) safe to print on a terminal. */

/** Control characters except line feed and tab, bidirectional controls, and other line separators. */
const UNSEEN =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text without escape sequences, control characters and bidirectional controls. */
export function printable(text: string): string {
  // Repeated, since cutting one sequence may join the halves of another.
  for (let before = text; ; before = text) {
    text = Bun.stripANSI(before).toWellFormed().replaceAll("\t", " ").replace(UNSEEN, "");
    if (text === before) return text;
  }
}

/** Printable text on one line, for a table cell or a list entry. */
export function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, " "));
}
