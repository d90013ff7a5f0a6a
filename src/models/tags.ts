/** Tags of posts as pairs of a hash and a row: a catalogue may have more tags than posts. */
import type { Model } from "../snapshot/model.ts";

/** The pairs of a catalogue `[2 × pairs]`, by ascending hash; `tags[row]` are joined by commas. */
export function tagPairs(tags: readonly string[]): Uint32Array {
  const pairs = tags.flatMap((joined, row) =>
    [...new Set(joined.split(",").map(hashOf))].flatMap((hash) =>
      hash === 0 ? [] : { hash, row },
    ),
  );
  return Uint32Array.from(pairs.sort((a, b) => a.hash - b.hash || a.row - b.row).flatMap(({ hash, row }) => [hash, row])); // prettier-ignore
}

/** Rows of the posts with a tag, ascending. */
export function rowsOfTag({ tagPairs }: Pick<Model, "tagPairs">, tag: string): Uint32Array {
  const hash = hashOf(tag);
  let [from, to] = [0, tagPairs.length / 2];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (tagPairs[2 * middle]! < hash) from = middle + 1;
    else to = middle;
  }
  const rows: number[] = [];
  for (let n = from; tagPairs[2 * n] === hash; n++) rows.push(tagPairs[2 * n + 1]!);
  return Uint32Array.from(rows);
}

/** Hash of a tag, whatever its case; 0 for none. Of a million tags, one in 4,300 shares its hash with another. */
function hashOf(tag: string): number {
  const folded = tag.normalize("NFKC").trim().toLowerCase();
  return folded === "" ? 0 : Bun.hash.xxHash32(folded);
}
