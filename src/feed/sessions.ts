/** Feed sessions: a first page ranks afresh, the next pages continue in the same ranked list. */
import type { UserKey } from "../domain/ids.ts";
import type { ScoredFeed } from "../ranking/feed.ts";
import type { Person } from "../ranking/person.ts";
import type { Asked } from "../ranking/query.ts";
import type { FeedRequest } from "./contract.ts";
import { digestOf, inputsOf, sessionCache, tokenOf, type FeedSession } from "./session-cache.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import type { Now, userStateCache } from "./user-state-cache.ts";
import { intentReader, type EncodeText } from "./intent.ts";

/** Dependencies of {@link feedSessions}. */
export type SessionDeps = {
  readonly registry: SnapshotRegistry;
  readonly userStates: ReturnType<typeof userStateCache>;
  readonly encode: EncodeText;
};

/** The asking user and the intent in words. */
export type Ask = Pick<FeedRequest, "username" | "projectCode" | "mood"> & {
  readonly userKey: UserKey | undefined;
};

type Prepared = {
  readonly asked: Omit<Asked, "model" | "nearest">;
  /** Session without the ranked rows. */
  readonly about: Omit<FeedSession, "rows" | "tierStart" | "failures">;
};

/** Number of posts that are ranked. */
const DEPTH = 1_000;

/** Opens the sessions. One that has left the cache is ranked again from its inputs. */
export function feedSessions({ registry, userStates, encode }: SessionDeps) {
  const cache = sessionCache();
  const prepare = preparer(intentReader(encode));

  function rank(ask: Ask, { ranker }: ServedSnapshot, { asked, about }: Prepared, { lap }: Now) {
    const { rows, tierStart, failures } = ranker.rank(asked, lap);
    const session: FeedSession = { rows, tierStart, failures, ...about };
    cache.keep(queryOf(ask), session);
    return session;
  }

  /** A new session, from the newest snapshot and the whole history. */
  async function startSession(ask: Ask, now: Now): Promise<FeedSession | undefined> {
    const snapshot = registry.current();
    if (snapshot === undefined) return undefined;
    const { person, position } = await userStates.known(snapshot, ask.userKey, now);
    const prepared = await prepare(snapshot, ask, person, position);
    now.lap("prepare");
    return rank(ask, snapshot, prepared, now);
  }

  /** The session of a token; `undefined` if it is not cached and its inputs are gone. */
  async function continueSession(token: string, ask: Ask, now: Now) {
    const kept = cache.find(queryOf(ask), token);
    const inputs = kept ?? inputsOf(token);
    const snapshot = inputs && (await registry.byId(inputs.snapshot));
    if (inputs === undefined || snapshot === undefined) return undefined;
    if (kept !== undefined) return kept;
    const { position, digest } = inputs;
    const person = await userStates.knownAt(snapshot, ask.userKey, position, now);
    const prepared = await prepare(snapshot, ask, person, position);
    if (prepared.about.digest !== digest) return undefined;
    return rank(ask, snapshot, prepared, now);
  }

  return {
    /** Page 1 starts a session; other pages continue the one they name, or the newest. */
    sessionFor: async (
      { page, list }: FeedRequest,
      ask: Ask,
      now: Now,
    ): Promise<FeedSession | undefined> => {
      if (page === 1) return startSession(ask, now);
      const token = list ?? cache.newest(queryOf(ask));
      const again = token === undefined ? undefined : await continueSession(token, ask, now);
      if (again !== undefined) return again;
      const anew = await startSession(ask, now);
      if (anew === undefined || list === undefined) return anew;
      return { ...anew, fallback: [...anew.fallback, "list_expired"] };
    },
    /** The ranking of a session with all its scores. */
    feedOf: async (
      session: FeedSession,
      snapshot: ServedSnapshot,
      ask: Ask,
      now: Now,
    ): Promise<ScoredFeed> => {
      const person = await userStates.knownAt(snapshot, ask.userKey, session.position, now);
      const { asked } = await prepare(snapshot, ask, person, session.position);
      return snapshot.ranker.rankWithScores(asked, now.lap);
    },
  };
}

/** Key of a query in the cache. */
function queryOf({ userKey, username, projectCode, mood }: Ask): string {
  return JSON.stringify([userKey ?? username, projectCode, mood]);
}

/** Prepares the inputs of ranking for a person known up to a position. */
function preparer(intents: ReturnType<typeof intentReader>) {
  return async (
    { id, ranker: { model } }: ServedSnapshot,
    ask: Ask,
    person: Person,
    position: number,
  ): Promise<Prepared> => {
    const [category, mood] = await Promise.all([
      intents.category(model, ask.projectCode),
      intents.mood(model, ask.mood),
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
