/** Cuts a text of several lines to the number of word pieces that a model reads. */

/** Counts the word pieces of a text. */
export type CountPieces = (text: string) => number;

/** Most letters of a word piece: only the part of a line that can fit is counted. */
const PIECE_LETTERS_MAX = 100;

/**
 * The text with its longest lines cut, so that all lines together have at most `limit` pieces.
 *
 * Every line gets an equal share, and pieces that short lines leave go to the longer ones, so that a
 * long description pushes neither title nor category out.
 * Counts add up over words, as in every model whose tokenizer splits at white space first.
 */
export function cut(text: string, limit: number, count: CountPieces): string {
  const lines = text.split("\n").map((line) => beginning(line, limit, count));
  let left = limit;
  const shortestFirst = [...lines.keys()].sort((a, b) => lines[a]!.pieces - lines[b]!.pieces);
  for (const [taken, n] of shortestFirst.entries()) {
    const share = Math.floor(left / (lines.length - taken));
    if (lines[n]!.pieces > share) lines[n] = beginning(lines[n]!.text, share, count);
    left -= lines[n]!.pieces;
  }
  return lines.map((line) => line.text).join("\n");
}

/** The words at the start of a line that make at most `limit` pieces. */
function beginning(
  line: string,
  limit: number,
  count: CountPieces,
): { text: string; pieces: number } {
  const kept: string[] = [];
  let pieces = 0;
  for (const [word] of line.slice(0, limit * PIECE_LETTERS_MAX).matchAll(/\S+/g)) {
    const more = count(word);
    if (pieces + more > limit) {
      const part = partOf(word, limit - pieces, count);
      return { text: [...kept, part].join(" ").trimEnd(), pieces: pieces + count(part) };
    }
    kept.push(word);
    pieces += more;
  }
  return { text: kept.join(" "), pieces };
}

/** The start of one long word, such as a sentence in a script without spaces. */
function partOf(word: string, limit: number, count: CountPieces): string {
  let part = [...word];
  for (let pieces = count(word); pieces > limit; pieces = count(part.join("")))
    part = part.slice(0, Math.floor((part.length * limit) / pieces));
  return part.join("");
}
