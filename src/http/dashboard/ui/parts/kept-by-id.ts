/** Entries of a route that takes ids: read once each, in batches, and kept. */
import { useEffect, useState } from "preact/hooks";
import { logins } from "../api.ts";

/** Time after which an entry that was not there is asked for again, milliseconds. */
const AGAIN_MS = 30_000;
/** Entries of one request. */
const MOST = 100;

/** Makes the hook that reads entries, given the query of a request for some: `undefined` for those that are not there, yet or at all. */
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
    for (let n = 0; n < missing.length; n += MOST) {
      const batch = missing.slice(n, n + MOST);
      const done = request(new URLSearchParams(batch.map((id) => ["id", id]))).then(
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
