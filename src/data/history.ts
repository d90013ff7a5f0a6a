/** From the log of events to histories: what stands of it. */
import type { Histories, History } from "../domain/history.ts";
import { codesWhere } from "../domain/signals.ts";

/** Where events come from that a scan of upstream has brought. */
export const UPSTREAM = "upstream";

/** Codes of what an event says: it was done, it no longer holds, all that its user did is erased. */
export const ACTIONS = { done: 0, withdrawn: 1, erased: 2 } as const;

/** Events as columns, in the order of their seq; entry n of every column is of the same event. */
export type LogColumns = {
  readonly postKeys: Float64Array;
  readonly kinds: Uint8Array;
  /** Codes of {@link ACTIONS}. */
  readonly actions: Uint8Array;
  readonly values: Float32Array;
  /** Never later than it was received, Unix epoch milliseconds. */
  readonly atMs: Float64Array;
  /** 1 where upstream sent it, which keeps one event a user, post and kind. */
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
    isUpstream: new Uint8Array(n),
  };
}

/** One user's history from their events. */
export function historyFrom(log: LogColumns): History {
  const withdrawn = new Uint8Array(log.kinds.length);
  return picked(log, standing(log, Uint32Array.from(log.kinds.keys()), withdrawn), withdrawn);
}

/** Everybody's histories from all events; `userKeys` says whose each is. */
export function historiesFrom(log: LogColumns, userKeys: Float64Array): Histories {
  const withdrawn = new Uint8Array(log.kinds.length);
  const { byUser, starts } = groupedByUser(userKeys);
  const entries = new Uint32Array(byUser.length);
  const [users, rowStart] = [[] as number[], [0]];
  let size = 0;
  for (let user = 0; user < starts.length - 1; user++) {
    const own = standing(log, byUser.subarray(starts[user]!, starts[user + 1]!), withdrawn);
    if (own.length === 0) continue;
    entries.set(own, size);
    users.push(user);
    rowStart.push((size += own.length));
  }
  return {
    ...picked(log, entries.subarray(0, size), withdrawn),
    userKeys: Float64Array.from(users),
    rowStart: Uint32Array.from(rowStart),
  };
}

/** Places in the log by user, each user's in its order: those of key k are `starts[k]` up to `starts[k + 1]`. */
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

/** Codes of what counts each time it is done. */
const ADDING: ReadonlySet<number> = new Set(codesWhere((it) => it.repeats === "adds"));
/** Kinds are bytes. */
const KINDS = 256;

/**
 * The events of one user that their history consists of, oldest first. The order of the log decides
 * what holds, whatever time an event claims. Marks in `withdrawn` what holds no longer.
 *
 * @param entries  Ascending places in the log.
 */
function standing(log: LogColumns, entries: Uint32Array, withdrawn: Uint8Array): Uint32Array {
  const { postKeys, kinds, actions, atMs, isUpstream } = log;
  const kept: number[] = [];
  /** Of each post and kind the place in `kept` where a newer event takes the older one's. */
  const places = new Map<number, number>();
  const keyOf = (entry: number) => postKeys[entry]! * KINDS + kinds[entry]!;
  for (const entry of entries) {
    const key = keyOf(entry);
    const isOneMore = ADDING.has(kinds[entry]!) && isUpstream[entry] === 0;
    const place = isOneMore ? undefined : places.get(key);
    if (actions[entry] === ACTIONS.withdrawn) {
      if (place !== undefined) withdrawn[kept[place]!] = 1;
      if (isOneMore) for (const it of kept) if (keyOf(it) === key) withdrawn[it] = 1;
    } else if (actions[entry] === ACTIONS.done) {
      if (place === undefined && !isOneMore) places.set(key, kept.length);
      kept[place ?? kept.length] = entry;
    }
  }
  const oldestFirst = (a: number, b: number) =>
    atMs[a]! - atMs[b]! || postKeys[a]! - postKeys[b]! || kinds[a]! - kinds[b]!;
  return Uint32Array.from(kept).sort(oldestFirst);
}

function picked(log: LogColumns, entries: Uint32Array, withdrawn: Uint8Array): History {
  return {
    postKeys: Float64Array.from(entries, (it) => log.postKeys[it]!),
    kinds: Uint8Array.from(entries, (it) => log.kinds[it]!),
    values: Float32Array.from(entries, (it) => log.values[it]!),
    atMs: Float64Array.from(entries, (it) => log.atMs[it]!),
    withdrawn: Uint8Array.from(entries, (it) => withdrawn[it]!),
  };
}
