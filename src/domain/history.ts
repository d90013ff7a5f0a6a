/** Histories: events of users as columns. */

/** A time watched or a length that is not known. Not NaN, so that equal histories are equal. */
export const UNKNOWN = -1;

/** Number of codes of signals, which are bytes. */
export const KINDS = 256;

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
  /** Time that the video was watched, milliseconds; {@link UNKNOWN} if nobody said. */
  readonly watchedMs: Float32Array;
  /** Length of the video, milliseconds; {@link UNKNOWN} if nobody said. */
  readonly durationMs: Float32Array;
  /** 1 for an event that names the recommendation it follows from: the post was this service's choice. */
  readonly attributed: Uint8Array;
};

/** The histories of all users: the entries of user u are `rowStart[u]` up to `rowStart[u + 1]`. */
export type Histories = History & {
  /** Ascending. */
  readonly userKeys: Float64Array;
  /** Users + 1 entries. */
  readonly rowStart: Uint32Array;
};

/** The history with one more event, which is its newest and lasts. */
export function withEvent(
  history: History,
  event: { readonly postKey: number; readonly kind: number; readonly value: number; readonly atMs: number }, // prettier-ignore
): History {
  return {
    postKeys: Float64Array.of(...history.postKeys, event.postKey),
    kinds: Uint8Array.of(...history.kinds, event.kind),
    values: Float32Array.of(...history.values, event.value),
    atMs: Float64Array.of(...history.atMs, event.atMs),
    withdrawn: Uint8Array.of(...history.withdrawn, 0),
    watchedMs: Float32Array.of(...history.watchedMs, UNKNOWN),
    durationMs: Float32Array.of(...history.durationMs, UNKNOWN),
    attributed: Uint8Array.of(...history.attributed, 0),
  };
}

/** The events at the places `kept` of a history. */
export function eventsAt(from: History, kept: Uint32Array): History {
  return {
    postKeys: Float64Array.from(kept, (n) => from.postKeys[n]!),
    kinds: Uint8Array.from(kept, (n) => from.kinds[n]!),
    values: Float32Array.from(kept, (n) => from.values[n]!),
    atMs: Float64Array.from(kept, (n) => from.atMs[n]!),
    withdrawn: Uint8Array.from(kept, (n) => from.withdrawn[n]!),
    watchedMs: Float32Array.from(kept, (n) => from.watchedMs[n]!),
    durationMs: Float32Array.from(kept, (n) => from.durationMs[n]!),
    attributed: Uint8Array.from(kept, (n) => from.attributed[n]!),
  };
}
