/** Folds the event log into histories. */
import { eventsAt, KINDS, type Histories, type History } from "../domain/history.ts";
import { signalCoded } from "../domain/known-signals.ts";

/** Origin of events that a scan of upstream has read. */
export const UPSTREAM = "upstream";
/** Origin of events that apps have sent, by HTTP or in files. */
export const APP = "app";

/**
 * Codes of an event's action: done, withdrawn (as by an unlike), erasure of its user, or a change of what they
 * ask their feed for.
 */
export const ACTIONS = { done: 0, withdrawn: 1, erased: 2, steered: 3 } as const;

/** Events as columns in log order: entry n of every column is of the same event. */
export type LogColumns = {
  readonly postKeys: Float64Array;
  readonly kinds: Uint8Array;
  /** Codes of {@link ACTIONS}. */
  readonly actions: Uint8Array;
  readonly values: Float32Array;
  /** Never later than the receipt, Unix epoch milliseconds. */
  readonly atMs: Float64Array;
  /** As in a history. */
  readonly watchedMs: Float32Array;
  readonly durationMs: Float32Array;
  readonly attributed: Uint8Array;
  /** 1 for events of upstream, which has one event per user, post and kind. */
  readonly isUpstream: Uint8Array;
};

/** Columns for `n` events. */
export function logColumns(n: number): LogColumns {
  return {
    postKeys: new Float64Array(n),
    kinds: new Uint8Array(n),
    actions: new Uint8Array(n),
    values: new Float32Array(n),
    atMs: new Float64Array(n),
    watchedMs: new Float32Array(n),
    durationMs: new Float32Array(n),
    attributed: new Uint8Array(n),
    isUpstream: new Uint8Array(n),
  };
}

/** One user's history from their events. */
export function historyFrom(log: LogColumns): History {
  const withdrawn = new Uint8Array(log.kinds.length);
  const all = Uint32Array.from(log.kinds.keys());
  return eventsAt({ ...log, withdrawn }, heldEntries(log, all, withdrawn));
}

/** All histories from all events; entry n of `userKeys` is the user of event n. */
export function historiesFrom(log: LogColumns, userKeys: Float64Array): Histories {
  const withdrawn = new Uint8Array(log.kinds.length);
  const { byUser, starts } = groupedByUser(userKeys);
  const entries = new Uint32Array(byUser.length);
  const [users, rowStart] = [[] as number[], [0]];
  let size = 0;
  for (let user = 0; user < starts.length - 1; user++) {
    const own = heldEntries(log, byUser.subarray(starts[user]!, starts[user + 1]!), withdrawn);
    if (own.length === 0) continue;
    entries.set(own, size);
    users.push(user);
    rowStart.push((size += own.length));
  }
  return {
    ...eventsAt({ ...log, withdrawn }, entries.subarray(0, size)),
    userKeys: Float64Array.from(users),
    rowStart: Uint32Array.from(rowStart),
  };
}

/** Log entries grouped by user, in log order: those of key k are `byUser[starts[k]]` up to `byUser[starts[k + 1]]`. */
function groupedByUser(userKeys: Float64Array) {
  const last = userKeys.reduce((max, it) => Math.max(max, it), -1);
  const starts = new Uint32Array(last + 2);
  for (const user of userKeys) starts[user + 1]!++;
  for (let user = 0; user <= last; user++) starts[user + 1]! += starts[user]!;
  const next = starts.slice();
  const byUser = new Uint32Array(userKeys.length);
  for (const [place, user] of userKeys.entries()) byUser[next[user]!++] = place;
  return { byUser, starts };
}

/**
 * The entries of one user's history, oldest first. Of events that replace each other the last in the
 * log counts, whatever times they claim. Sets `withdrawn` for entries that no longer hold.
 *
 * @param entries  The user's log entries, ascending.
 */
export function heldEntries(
  log: LogColumns,
  entries: Uint32Array,
  withdrawn: Uint8Array,
): Uint32Array {
  const { postKeys, kinds, actions, atMs, isUpstream } = log;
  const kept: number[] = [];
  /** Place in `kept` by post and kind, where a newer event replaces an older one. */
  const places = new Map<number, number>();
  const keyOf = (entry: number) => postKeys[entry]! * KINDS + kinds[entry]!;
  const isOneMore = (entry: number) =>
    signalCoded(kinds[entry]!)?.repeats === "adds" && isUpstream[entry] === 0;
  /** Of events that add up, the last withdrawal by post and kind: it takes back all before it. */
  const takenBack = new Map<number, number>();
  for (const entry of entries)
    if (actions[entry] === ACTIONS.withdrawn && isOneMore(entry))
      takenBack.set(keyOf(entry), entry);
  for (const entry of entries) {
    const key = keyOf(entry);
    const place = isOneMore(entry) ? undefined : places.get(key);
    if (actions[entry] === ACTIONS.withdrawn) {
      if (place !== undefined) withdrawn[kept[place]!] = 1;
    } else if (actions[entry] === ACTIONS.done) {
      if (entry < (takenBack.get(key) ?? 0)) withdrawn[entry] = 1;
      if (place === undefined && !isOneMore(entry)) places.set(key, kept.length);
      kept[place ?? kept.length] = entry;
    }
  }
  const oldestFirst = (a: number, b: number) =>
    atMs[a]! - atMs[b]! || postKeys[a]! - postKeys[b]! || kinds[a]! - kinds[b]!;
  return Uint32Array.from(kept).sort(oldestFirst);
}
