/** Ranked lists that were given out, so that the next pages go on in the same one. */
import { LRUCache } from "lru-cache";
import type { Feed } from "../../rank/feed.ts";

/** A ranked list and what has to be said about it. */
export type RankedList = Pick<Feed, "rows" | "tierStart"> & {
  readonly snapshot: string;
  /** Fetch time of the newest interaction it was ranked from, Unix epoch milliseconds. */
  readonly position: number;
  /** Posts in the history at that time. */
  readonly historyLength: number;
  readonly match: readonly string[];
  readonly fallback: readonly string[];
};

/** What a list was ranked from, beside the query itself: enough to rank it again. */
export type ListInputs = Pick<RankedList, "snapshot" | "position">;

const LISTS = 2_000;
const KEPT_MS = 600_000;

/** A bounded cache of ranked lists; `query` says whose and what for. */
export function rankedLists() {
  const lists = new LRUCache<string, RankedList>({ max: LISTS, ttl: KEPT_MS });
  const newest = new LRUCache<string, ListInputs>({ max: LISTS, ttl: KEPT_MS });
  const key = (query: string, { snapshot, position }: ListInputs) =>
    `${snapshot} ${position} ${query}`;
  return {
    keep: (query: string, list: RankedList): void => {
      lists.set(key(query, list), list);
      newest.set(query, { snapshot: list.snapshot, position: list.position });
    },
    /** The list made from these inputs, or the newest one of the query. */
    find: (query: string, inputs = newest.get(query)): RankedList | undefined =>
      inputs && lists.get(key(query, inputs)),
  };
}

/** The opaque token of a list. */
export function tokenOf({ snapshot, position }: ListInputs): string {
  return Buffer.from(`${snapshot} ${position}`).toString("base64url");
}

/** `undefined` for a token that was not made by {@link tokenOf}. */
export function inputsOf(token: string): ListInputs | undefined {
  const [, snapshot, position] =
    /^([\w-]+) (\d{1,16})$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  return snapshot && position ? { snapshot, position: Number(position) } : undefined;
}
