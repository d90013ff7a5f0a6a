/** Cache of entries that a route gives by their ids: read once each, in batches. */
import { useEffect, useState } from "preact/hooks";
import { logins } from "../api.ts";

/** Time after which an entry that was not there is requested again, milliseconds. */
const AGAIN_MS = 30_000;
/** Most ids of a request, and characters of its query: the service takes 100 ids, and URLs of 4,096 bytes. */
const IDS_MAX = 100;
const QUERY_MAX = 4_000;

/** Ids in batches that each fit a request. */
export function batchesOf(ids: readonly string[]): (readonly string[])[] {
  if (ids.length === 0) return [];
  const fits = ids.length <= IDS_MAX && queryOf(ids).toString().length <= QUERY_MAX;
  if (fits || ids.length === 1) return [ids];
  const middle = ids.length >> 1;
  return [...batchesOf(ids.slice(0, middle)), ...batchesOf(ids.slice(middle))];
}

const queryOf = (ids: readonly string[]) => new URLSearchParams(ids.map((id) => ["id", id]));

/**
 * Makes a hook that reads entries by their ids: `undefined` for one that is not there, yet or at all.
 *
 * @param request  Requests the entries of a query, which names up to 100 ids.
 */
export function keptById<T extends { readonly id: string }>(
  request: (query: URLSearchParams) => Promise<readonly T[]>,
): (ids: readonly string[]) => (id: string) => T | undefined {
  const known = new Map<string, T>();
  /** Requests by id. */
  const asked = new Map<string, { readonly atMs: number; readonly done: Promise<void> }>();
  const readAll = (ids: readonly string[]) => {
    const atMs = Date.now();
    const wanted = [...new Set(ids)].filter((id) => id !== "" && !known.has(id));
    const missing = wanted.filter((id) => atMs - (asked.get(id)?.atMs ?? -Infinity) > AGAIN_MS);
    for (const batch of batchesOf(missing)) {
      const done = request(queryOf(batch)).then(
        (found) => found.forEach((it) => known.set(it.id, it)),
        () => batch.forEach((id) => asked.delete(id)),
      );
      for (const id of batch) asked.set(id, { atMs, done });
    }
    return Promise.all(wanted.map((id) => asked.get(id)!.done));
  };
  return (ids) => {
    const [, redraw] = useState(0);
    useEffect(() => {
      let isGone = false;
      if (ids.length > 0) void readAll(ids).then(() => isGone || redraw((it) => it + 1));
      return () => void (isGone = true);
    }, [ids.join("\n"), logins.value]);
    return (id) => known.get(id);
  };
}
