/** Cuts a text of several lines to the number of word pieces that a model reads. */

/** Counts the word pieces of a text. */
export type CountPieces = (text: string) => number;

/** Upper bound on the letters of a word piece: what lies further off need not be counted. */
const PIECE_LETTERS_MAX = 100;

/**
 * The text with its longest lines cut, so that all lines together have at most `limit` pieces.
 *
 * Every line gets an equal share, and what a short line leaves goes to the longer ones: a long
 * description pushes neither title nor category out.
 * Counts add up over words, as in every model whose tokenizer splits at white space first.
 */
export function cut(text: string, limit: number, count: CountPieces): string {
  const lines = text.split("\n").map((line) => beginning(line, limit, count));
  let room = limit;
  const shortestFirst = [...lines.keys()].sort((a, b) => lines[a]!.pieces - lines[b]!.pieces);
  for (const [taken, n] of shortestFirst.entries()) {
    const share = Math.floor(room / (lines.length - taken));
    if (lines[n]!.pieces > share) lines[n] = beginning(lines[n]!.text, share, count);
    room -= lines[n]!.pieces;
  }
  return lines.map((line) => line.text).join("\n");
}

/** The words at the start of a line that make at most `room` pieces. */
function beginning(
  line: string,
  room: number,
  count: CountPieces,
): { text: string; pieces: number } {
  const kept: string[] = [];
  let pieces = 0;
  for (const [word] of line.slice(0, room * PIECE_LETTERS_MAX).matchAll(/\S+/g)) {
    const more = count(word);
    if (pieces + more > room) {
      const part = partOf(word, room - pieces, count);
      return { text: [...kept, part].join(" ").trimEnd(), pieces: pieces + count(part) };
    }
    kept.push(word);
    pieces += more;
  }
  return { text: kept.join(" "), pieces };
}

/** The start of one long word, such as a sentence in a script without spaces. */
function partOf(word: string, room: number, count: CountPieces): string {
  let part = [...word];
  for (let pieces = count(word); pieces > room; pieces = count(part.join("")))
    part = part.slice(0, Math.floor((part.length * room) / pieces));
  return part.join("");
}
