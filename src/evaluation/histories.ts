/** Cutting histories: one user's, some entries, the newest posts. */
import { eventsAt, type Histories, type History } from "../domain/history.ts";
import { isSeenCode } from "../domain/known-signals.ts";

/** The history of one user, as views of `all`'s columns. */
export function historyOf(all: Histories, user: number): History {
  const range = [all.rowStart[user]!, all.rowStart[user + 1]!] as const;
  return {
    postKeys: all.postKeys.subarray(...range),
    kinds: all.kinds.subarray(...range),
    values: all.values.subarray(...range),
    atMs: all.atMs.subarray(...range),
    withdrawn: all.withdrawn.subarray(...range),
    watchedMs: all.watchedMs.subarray(...range),
    durationMs: all.durationMs.subarray(...range),
    attributed: all.attributed.subarray(...range),
  };
}

/** The entries of `all` for which `holds` is true. Every user stays, some without entries. */
export function onlyThose(all: Histories, holds: (entry: number) => boolean): Histories {
  const kept = Uint32Array.from(all.postKeys.keys()).filter(holds);
  const rowStart = new Uint32Array(all.rowStart.length);
  let next = 0;
  for (let user = 0; user < all.userKeys.length; user++) {
    while (next < kept.length && kept[next]! < all.rowStart[user + 1]!) next++;
    rowStart[user + 1] = next;
  }
  return { userKeys: all.userKeys, rowStart, ...eventsAt(all, kept) };
}

/** Keys of the posts of a history that were seen. */
export function seenPosts({ postKeys, kinds }: History): Set<number> {
  return new Set(postKeys.filter((_, n) => isSeenCode(kinds[n]!)));
}

/** The events of a history's newest `length` posts. */
export function newestPosts(history: History, length: number): History {
  const newest = new Set<number>();
  for (let n = history.postKeys.length - 1; n >= 0 && newest.size < length; n--)
    newest.add(history.postKeys[n]!);
  const places = Uint32Array.from(history.postKeys.keys());
  const kept = places.filter((n) => newest.has(history.postKeys[n]!));
  return eventsAt(history, kept);
}
