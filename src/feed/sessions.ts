/** Ranked lists that were given out, so that the next pages go on in the same one. */
import { LRUCache } from "lru-cache";
import type { Feed } from "../ranking/feed.ts";
import type { Asked } from "../ranking/query.ts";

/** What a list was ranked from: enough to rank it again, and to tell whether it became the same. */
export type ListInputs = {
  readonly snapshot: string;
  /** How far the history was known, by fetch time, Unix epoch milliseconds. */
  readonly position: number;
  /** {@link digestOf} all that went in. */
  readonly digest: string;
};

/** A ranked list and what has to be said about it. */
export type RankedList = ListInputs &
  Pick<Feed, "rows" | "tierStart" | "failures"> & {
    /** Posts in the history at that time. */
    readonly historyLength: number;
    readonly match: readonly string[];
    readonly fallback: readonly string[];
    /** {@link tokenOf} the list. */
    readonly token: string;
  };

const LISTS = 2_000;
/** For ten minutes, looked at once a second: a shorter resolution takes a timer for each look. */
const KEPT = { max: LISTS, ttl: 600_000, ttlResolution: 1_000 };

/** A bounded cache of ranked lists; `query` says whose and what for. */
export function rankedLists() {
  const lists = new LRUCache<string, RankedList>(KEPT);
  const newest = new LRUCache<string, string>(KEPT);
  const key = (query: string, token: string) => `${token} ${query}`;
  return {
    keep: (query: string, list: RankedList): void => {
      lists.set(key(query, list.token), list);
      newest.set(query, list.token);
    },
    /** The list that has this token. */
    find: (query: string, token: string): RankedList | undefined => lists.get(key(query, token)),
    /** Token of the newest list of the query. */
    newest: (query: string): string | undefined => newest.get(query),
  };
}

/**
 * A short name of what is ranked with one snapshot: equal digests, equal lists. Interactions and
 * profiles may have changed since, and the encoder may be away: then it differs.
 */
export function digestOf({ person, within, mood }: Pick<Asked, "person" | "within" | "mood">) {
  const { seen, rows, confidence, factors, length } = person;
  let digest: number | bigint = length;
  for (const column of [seen, rows, confidence, factors, within, mood])
    digest = Bun.hash(column ?? "", digest);
  return digest.toString(36);
}

/** The opaque token of a list. */
export function tokenOf({ snapshot, position, digest }: ListInputs): string {
  return Buffer.from(`${snapshot} ${position} ${digest}`).toString("base64url");
}

/** `undefined` for a token that was not made by {@link tokenOf}. */
export function inputsOf(token: string): ListInputs | undefined {
  const text = Buffer.from(token, "base64url").toString();
  const [, snapshot, position, digest] = /^([\w-]+) (\d{1,16}) ([\da-z]+)$/.exec(text) ?? [];
  if (!snapshot || !position || !digest) return undefined;
  return { snapshot, position: Number(position), digest };
}
