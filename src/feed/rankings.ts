/** Which ranked list a request is about: a fresh one, or the one that its `next` goes on in. */
import type { UserKey } from "../domain/ids.ts";
import type { ScoredFeed } from "../ranking/feed.ts";
import type { Person } from "../ranking/person.ts";
import type { Asked } from "../ranking/query.ts";
import type { FeedRequest } from "./contract.ts";
import { digestOf, inputsOf, rankedLists, tokenOf, type RankedList } from "./sessions.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import type { Now, people } from "./user-state-cache.ts";
import { wishes, type EncodeText } from "./intent.ts";

/** What lists are ranked from. */
export type RankingsDeps = {
  readonly registry: SnapshotRegistry;
  readonly people: ReturnType<typeof people>;
  readonly encode: EncodeText;
};

/** Who asks, and what for. */
export type Ask = Pick<FeedRequest, "username" | "projectCode" | "mood"> & {
  readonly userKey: UserKey | undefined;
};

type Prepared = {
  readonly asked: Omit<Asked, "model" | "nearest">;
  /** All of the list but what ranking makes of it. */
  readonly about: Omit<RankedList, "rows" | "tierStart" | "failures">;
};

/** Posts a list is deep. */
const DEPTH = 1_000;

/** Ranked lists, kept for a while; what is not kept is ranked again from the same inputs. */
export function rankings({ registry, people, encode }: RankingsDeps) {
  const lists = rankedLists();
  const prepare = preparer(wishes(encode));

  function rank(
    query: string,
    { ranker }: ServedSnapshot,
    { asked, about }: Prepared,
    { lap }: Now,
  ): RankedList {
    const { rows, tierStart, failures } = ranker.rank(asked, lap);
    const list = { rows, tierStart, failures, ...about };
    lists.keep(query, list);
    return list;
  }

  /** Ranked afresh, from the newest snapshot and all that is stored of the user. */
  async function listNow(ask: Ask, now: Now): Promise<RankedList | undefined> {
    const snapshot = registry.current();
    if (snapshot === undefined) return undefined;
    const { person, position } = await people.known(snapshot, ask.userKey, now);
    const prepared = await prepare(snapshot, ask, person, position);
    now.lap("prepare");
    return rank(queryOf(ask), snapshot, prepared, now);
  }

  /** The list that has this token; `undefined` if it is not kept and cannot be made again. */
  async function listAgain(ask: Ask, token: string, now: Now): Promise<RankedList | undefined> {
    const kept = lists.find(queryOf(ask), token);
    const inputs = kept ?? inputsOf(token);
    const snapshot = inputs && (await registry.byId(inputs.snapshot));
    if (inputs === undefined || snapshot === undefined) return undefined;
    if (kept !== undefined) return kept;
    const { position, digest } = inputs;
    const person = await people.knownAt(snapshot, ask.userKey, position, now);
    const prepared = await prepare(snapshot, ask, person, position);
    if (prepared.about.digest !== digest) return undefined;
    return rank(queryOf(ask), snapshot, prepared, now);
  }

  return {
    /** Page 1 is always fresh; the others go on in the list they name, or in the newest. */
    listFor: async (
      { page, list }: FeedRequest,
      ask: Ask,
      now: Now,
    ): Promise<RankedList | undefined> => {
      if (page === 1) return listNow(ask, now);
      const token = list ?? lists.newest(queryOf(ask));
      const again = token === undefined ? undefined : await listAgain(ask, token, now);
      if (again !== undefined) return again;
      const anew = await listNow(ask, now);
      if (anew === undefined || list === undefined) return anew;
      return { ...anew, fallback: [...anew.fallback, "list_expired"] };
    },
    /** Everything that is known of how a list was ranked. */
    feedOf: async (
      list: RankedList,
      snapshot: ServedSnapshot,
      ask: Ask,
      now: Now,
    ): Promise<ScoredFeed> => {
      const person = await people.knownAt(snapshot, ask.userKey, list.position, now);
      const { asked } = await prepare(snapshot, ask, person, list.position);
      return snapshot.ranker.rankWithScores(asked, now.lap);
    },
  };
}

/** Names a query: lists of different queries are never mixed up. */
function queryOf({ userKey, username, projectCode, mood }: Ask): string {
  return JSON.stringify([userKey ?? username, projectCode, mood]);
}

/** Gathers all that ranking needs of a person known up to one position. */
function preparer(understand: ReturnType<typeof wishes>) {
  return async (
    { id, ranker: { model } }: ServedSnapshot,
    ask: Ask,
    person: Person,
    position: number,
  ): Promise<Prepared> => {
    const [category, mood] = await Promise.all([
      understand.category(model, ask.projectCode),
      understand.mood(model, ask.mood),
    ]);
    const asked = { person, within: category.within, mood: mood.vector, limit: DEPTH };
    const inputs = { snapshot: id, position, digest: digestOf(asked) };
    return {
      asked,
      about: {
        ...inputs,
        token: tokenOf(inputs),
        historyLength: person.length,
        match: [...category.match, ...mood.match],
        fallback: [...category.fallback, ...mood.fallback],
      },
    };
  };
}
