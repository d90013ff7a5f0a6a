/** Tables for people to read in a terminal. */
import { KNOTS, TERMS, type Blend } from "../snapshot/model.ts";
import { oneLine } from "./printable.ts";

/** Between two columns. */
const GAP = "  ";
/** A column of words is not made narrower than this, in characters. */
const WORDS_MIN = 10;

type Row = readonly string[];

/**
 * Columns padded to the widest cell; numbers to the right. Where that is wider than the terminal,
 * words are cut, and what still does not fit goes into further tables below, under the first column.
 *
 * @param width  In characters; elsewhere than on a terminal there is no end to a line.
 */
export function table(
  head: Row,
  rows: readonly Row[],
  width = process.stdout.columns || Number.POSITIVE_INFINITY,
): string {
  const all = [head, ...rows].map((row) => row.map(oneLine));
  const widths = head.map((_, n) => Math.max(...all.map((row) => Bun.stringWidth(row[n] ?? ""))));
  const isWords = head.map((_, n) => rows.some((row) => !isFigures(row[n] ?? "")));
  narrow(widths, isWords, width);
  return blocksOf(widths, width)
    .map((columns) => all.map((row) => cut(lineOf(row, columns, widths), width)).join("\n"))
    .join("\n\n");
}

const isNumber = (text: string) => /^-?[\d.]+%?$/.test(text);
/** Such as "0.1234 [0.1111–0.2222]": half of it would be another one. */
const isFigures = (text: string) => /^[-–−+\d.%[\] ]*$/.test(text);

/**
 * Take from the widest columns of words what the lines are too long by, as far as that goes. The
 * first one says what a line is about: it is only cut where no other would fit beside it.
 */
function narrow(widths: number[], isWords: readonly boolean[], width: number): void {
  const words = widths.map((_, n) => n).filter((n) => n > 0 && isWords[n]);
  const widest = () => words.reduce((a, b) => (widths[b]! > widths[a]! ? b : a), words[0]!);
  let excess = widths.reduce((sum, it) => sum + it + GAP.length, -GAP.length) - width;
  for (; excess > 0 && words.length > 0 && widths[widest()]! > WORDS_MIN; excess--)
    widths[widest()]!--;
  const room = width - GAP.length - Math.max(0, ...widths.slice(1));
  widths[0] = Math.min(widths[0]!, Math.max(WORDS_MIN, room));
}

/** Columns that fit beside each other, each time with the first one: what a line is about. */
function blocksOf(widths: readonly number[], width: number): number[][] {
  const blocks: number[][] = [];
  let used = 0;
  for (let n = 1; n < widths.length; n++) {
    if (blocks.length === 0 || used + GAP.length + widths[n]! > width) {
      blocks.push([0]);
      used = widths[0]!;
    }
    blocks.at(-1)!.push(n);
    used += GAP.length + widths[n]!;
  }
  return blocks.length > 0 ? blocks : [[0]];
}

function lineOf(row: Row, columns: readonly number[], widths: readonly number[]): string {
  const cells = columns.map((n) => {
    const text = cut(row[n] ?? "", widths[n]!);
    const pad = " ".repeat(widths[n]! - Bun.stringWidth(text));
    return isNumber(text) ? pad + text : text + pad;
  });
  return cells.join(GAP).trimEnd();
}

function cut(text: string, width: number): string {
  if (Bun.stringWidth(text) <= width) return text;
  const room = width - "…".length;
  const start = Bun.sliceAnsi(text, 0, room);
  // A character of two columns may stand half in it.
  return `${Bun.stringWidth(start) > room ? Bun.sliceAnsi(text, 0, room - 1) : start}…`;
}

/** A blend's weights by history length, and what each term reaches alone. */
export function blendTable(blend: Blend): string {
  const rows = TERMS.map((term) => [
    term,
    ...blend.weights[term].map((it) => it.toFixed(2)),
    blend.nDcg[term]?.toFixed(3) ?? "–",
  ]);
  const title = blend.fitted
    ? `blend fitted on ${blend.cases} held-out cases: nDCG@20 ${blend.nDcg["blend"]?.toFixed(3)}`
    : `shipped blend (${blend.cases} held-out cases are too few, or no better weights were found)`;
  const head = ["term", ...KNOTS.map((it) => `n=${it}`), "alone"];
  return `${title}\n${table(head, rows)}`;
}
