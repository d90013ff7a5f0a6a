/** Parts of everybody's histories. */
import type { Histories, History } from "../domain/history.ts";

/** User u's entries among everybody's. */
export function historyOf(all: Histories, user: number): History {
  const range = [all.rowStart[user]!, all.rowStart[user + 1]!] as const;
  return {
    postKeys: all.postKeys.subarray(...range),
    kinds: all.kinds.subarray(...range),
    values: all.values.subarray(...range),
    atMs: all.atMs.subarray(...range),
    withdrawn: all.withdrawn.subarray(...range),
  };
}

/** The entries of `all` for which `holds` is true; users keep their places, some with none. */
export function onlyThose(all: Histories, holds: (entry: number) => boolean): Histories {
  const kept = Uint32Array.from(all.postKeys.keys()).filter(holds);
  const rowStart = new Uint32Array(all.rowStart.length);
  let next = 0;
  for (let user = 0; user < all.userKeys.length; user++) {
    while (next < kept.length && kept[next]! < all.rowStart[user + 1]!) next++;
    rowStart[user + 1] = next;
  }
  return { userKeys: all.userKeys, rowStart, ...entries(all, kept) };
}

/** The newest `length` posts of a history, with all that was done to them. */
export function newestPosts(history: History, length: number): History {
  const newest = new Set<number>();
  for (let n = history.postKeys.length - 1; n >= 0 && newest.size < length; n--)
    newest.add(history.postKeys[n]!);
  const kept = Uint32Array.from(history.postKeys.keys());
  return entries(
    history,
    kept.filter((n) => newest.has(history.postKeys[n]!)),
  );
}

/** Some entries of a history, in the order given. */
function entries(from: History, kept: Uint32Array): History {
  return {
    postKeys: Float64Array.from(kept, (n) => from.postKeys[n]!),
    kinds: Uint8Array.from(kept, (n) => from.kinds[n]!),
    values: Float32Array.from(kept, (n) => from.values[n]!),
    atMs: Float64Array.from(kept, (n) => from.atMs[n]!),
    withdrawn: Uint8Array.from(kept, (n) => from.withdrawn[n]!),
  };
}
