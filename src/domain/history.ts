/** Histories: what people did, as columns. */

/**
 * Stored interactions as columns, oldest first: entry n of every column speaks of the same one.
 * `kinds` holds codes of signals; `withdrawn` is 1 where it no longer holds
 * (an unlike), which still counts as seen.
 */
export type History = {
  readonly postKeys: Float64Array;
  readonly kinds: Uint8Array;
  readonly values: Float32Array;
  /** Unix epoch milliseconds, never later than the moment it was fetched. */
  readonly atMs: Float64Array;
  readonly withdrawn: Uint8Array;
};

/** Everybody's histories in one piece: user u's entries are `rowStart[u]` up to `rowStart[u + 1]`. */
export type Histories = History & {
  /** One id a user, ascending. */
  readonly userKeys: Float64Array;
  /** Users + 1 entries. */
  readonly rowStart: Uint32Array;
};
