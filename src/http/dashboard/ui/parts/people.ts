/** Names of people, read once each and kept. */
import { useEffect, useState } from "preact/hooks";
import { pathOf, read } from "../api.ts";
import type { Found } from "./types.ts";

/** Names by id; somebody without one, or whom nobody knows, goes by the id. */
const known = new Map<string, string>();

/** Reads a name by search, since asking for somebody who is not there is an error in the console. */
async function readName(id: string): Promise<void> {
  const { people } = await read<Found>(pathOf("/search", { q: id, limit: 8 }));
  known.set(id, people.find((it) => it.id === id)?.name || id);
}

/** The names of `ids`; the id itself until the name is there. */
export function useNames(ids: readonly string[]): (id: string) => string {
  const [, redraw] = useState(0);
  const key = ids.join("\n");
  useEffect(() => {
    let isGone = false;
    const missing = [...new Set(ids)].filter((id) => id !== "" && !known.has(id));
    Promise.all(missing.map(readName)).then(
      () => !isGone && redraw((it) => it + 1),
      () => {},
    );
    return () => void (isGone = true);
  }, [key]);
  return (id) => known.get(id) ?? id;
}
