/** Tables for a terminal. */
import { TERMS } from "../models/models.ts";
import { KNOTS, type Blend, type Fit } from "../snapshot/model.ts";
import { oneLine } from "./printable.ts";

/** Space between two columns. */
const GAP = "  ";
/** Narrowest width of a column of words, in characters. */
const WORDS_MIN = 10;

type Row = readonly string[];

/**
 * Pads columns to their widest cell, numbers to the right. If that is too wide, it shortens columns
 * of words, and moves columns that still do not fit into further tables below the first.
 *
 * @param width  In characters; unlimited outside a terminal.
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
/** True for figures like "0.1234 [0.1111–0.2222]", which must not be shortened. */
const isFigures = (text: string) => /^[-–−+\d.%[\] ]*$/.test(text);

/**
 * Shortens the widest columns of words until the lines fit, or no column can shrink. The first
 * column names the row: it is shortened only if no other column would fit beside it.
 */
function narrow(widths: number[], isWords: readonly boolean[], width: number): void {
  const words = widths.map((_, n) => n).filter((n) => n > 0 && isWords[n]);
  const widest = () => words.reduce((a, b) => (widths[b]! > widths[a]! ? b : a), words[0]!);
  let excess = widths.reduce((sum, it) => sum + it + GAP.length, -GAP.length) - width;
  for (; excess > 0 && words.length > 0 && widths[widest()]! > WORDS_MIN; excess--)
    widths[widest()]!--;
  const left = width - GAP.length - Math.max(0, ...widths.slice(1));
  widths[0] = Math.min(widths[0]!, Math.max(WORDS_MIN, left));
}

/** Groups of columns that fit side by side, each with the first column, which names the row. */
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
  const left = width - "…".length;
  const start = Bun.sliceAnsi(text, 0, left);
  // A wide character may be cut in half.
  return `${Bun.stringWidth(start) > left ? Bun.sliceAnsi(text, 0, left - 1) : start}…`;
}

/** Table of a blend: weights by history length, and each term's nDCG alone. */
export function blendTable(blend: Blend): string {
  const rows = TERMS.map((term) => [
    term,
    ...blend.weights[term]!.map((it) => it.toFixed(2)),
    blend.nDcg[term]?.toFixed(3) ?? "–",
  ]);
  const title = blend.fitted
    ? `blend fitted on ${blend.cases} held-out cases: nDCG@20 ${blend.nDcg["blend"]?.toFixed(3)}, shipped ${blend.nDcg["shipped"]?.toFixed(3)}`
    : `shipped blend (${blend.cases} held-out cases are too few)`;
  const head = ["term", ...KNOTS.map((it) => `n=${it}`), "alone"];
  return `${title}\n${table(head, rows)}`;
}

/** Table of the other settings that were fitted, beside what the shipped ones would have scored. */
export function fitsTable(fits: readonly Fit[]): string {
  const rows = fits.map((it) => [
    ...[it.setting, String(it.value), String(it.observations)],
    ...[it.nDcg.toFixed(3), it.shippedNDcg.toFixed(3)],
  ]);
  return table(["fitted", "value", "observations", "nDCG", "shipped"], rows);
}
