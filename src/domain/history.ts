/** Histories: events of users as columns. */

/**
 * A user's events as columns, oldest first: entry n of every column is of the same event. `kinds`
 * holds codes of signals; `withdrawn` is 1 for an event that no longer holds (an unlike) and still
 * counts as seen.
 */
export type History = {
  readonly postKeys: Float64Array;
  readonly kinds: Uint8Array;
  readonly values: Float32Array;
  /** Unix epoch milliseconds, never later than the receipt. */
  readonly atMs: Float64Array;
  readonly withdrawn: Uint8Array;
};

/** The histories of all users: the entries of user u are `rowStart[u]` up to `rowStart[u + 1]`. */
export type Histories = History & {
  /** Ascending. */
  readonly userKeys: Float64Array;
  /** Users + 1 entries. */
  readonly rowStart: Uint32Array;
};

/** The events at the places `kept` of a history. */
export function eventsAt(from: History, kept: Uint32Array): History {
  return {
    postKeys: Float64Array.from(kept, (n) => from.postKeys[n]!),
    kinds: Uint8Array.from(kept, (n) => from.kinds[n]!),
    values: Float32Array.from(kept, (n) => from.values[n]!),
    atMs: Float64Array.from(kept, (n) => from.atMs[n]!),
    withdrawn: Uint8Array.from(kept, (n) => from.withdrawn[n]!),
  };
}
