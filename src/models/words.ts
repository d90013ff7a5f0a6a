/** The words of titles and names, in one form. */

/** Runs of letters and digits, in lower case. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize("NFKC").toLowerCase();
  return folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** The text without accents of Latin, Greek and Cyrillic letters: in other scripts marks are vowels. */
export function withoutAccents(text: string): string {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC"); // prettier-ignore
}
