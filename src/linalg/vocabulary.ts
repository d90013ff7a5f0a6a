/** Keys of posts or users ↔ matrix rows. */

/** A vocabulary: entry n of `keys` is the key of row n. */
export type Vocabulary = {
  readonly keys: Float64Array;
  /** The row of a key; `undefined` for a key that is not in the vocabulary. */
  readonly rowOf: (key: number) => number | undefined;
};

/** A vocabulary to which keys can be added, which `keys` does not tell. */
export type GrowingVocabulary = Vocabulary & { readonly add: (key: number, row: number) => void };

/** Makes the vocabulary of some keys, in their order; later ones can be added. @throws RangeError if a key occurs twice. */
export function vocabulary(keys: Float64Array): GrowingVocabulary {
  const rows = new Map<number, number>();
  for (const [row, key] of keys.entries()) rows.set(key, row);
  if (rows.size !== keys.length) throw new RangeError("a key occurs twice in a vocabulary");
  return { keys, rowOf: (key) => rows.get(key), add: (key, row) => void rows.set(key, row) };
}
