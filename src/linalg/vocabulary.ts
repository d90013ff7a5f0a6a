/** Ids given by upstream ↔ matrix rows. */

/** Numbers the ids 0, 1, 2 … in the order given. */
export type Vocabulary = {
  readonly ids: Float64Array;
  /** The row of an id; `undefined` for one that is not in the vocabulary. */
  readonly rowOf: (id: number) => number | undefined;
};

/** @throws RangeError if an id occurs twice. */
export function vocabulary(ids: Float64Array): Vocabulary {
  const rows = new Map<number, number>();
  for (const [row, id] of ids.entries()) rows.set(id, row);
  if (rows.size !== ids.length) throw new RangeError("an id occurs twice in a vocabulary");
  return { ids, rowOf: (id) => rows.get(id) };
}
