/** Tables for people to read in a terminal. */
import { KNOTS, TERMS, type Blend } from "../snapshot/model.ts";

/** Columns padded to the widest cell; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, n) => Math.max(...all.map((row) => Bun.stringWidth(row[n] ?? ""))));
  const isNumber = (text: string) => /^-?[\d.]+%?$/.test(text);
  const cell = (text: string, width: number) => {
    const pad = " ".repeat(width - Bun.stringWidth(text));
    return isNumber(text) ? pad + text : text + pad;
  };
  return all
    .map((row) =>
      row
        .map((it, n) => cell(it, widths[n]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
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
