/** Feed sessions: a first page ranks afresh, the next pages continue in the same ranked list. */
import type { ScoredFeed } from "../ranking/feed.ts";
import type { Person } from "../models/person.ts";
import type { Asked } from "../models/contract.ts";
import type { FeedRequest } from "./contract.ts";
import { digestOf, inputsOf, sessionCache, tokenOf, type FeedSession } from "./session-cache.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import type { Asker, userStateCache } from "./user-state-cache.ts";
import { intentReader, type EncodeText } from "./intent.ts";

/** Dependencies of {@link feedSessions}. */
type SessionDeps = {
  readonly registry: SnapshotRegistry;
  readonly userStates: ReturnType<typeof userStateCache>;
  readonly encode: EncodeText;
};

/** A request for a feed, and the user who makes it. */
export type Ask = FeedRequest & Asker;

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

  function rank(ask: Ask, { ranker }: ServedSnapshot, { asked, about }: Prepared): FeedSession {
    const { rows, tierStart, failures } = ranker.rank(asked, ask.lap);
    const session = { rows, tierStart, failures, ...about };
    cache.keep(queryOf(ask), session);
    return session;
  }

  /** A new session, from the newest snapshot and the whole history. */
  async function start(ask: Ask): Promise<FeedSession | undefined> {
    const snapshot = registry.current();
    if (snapshot === undefined) return undefined;
    const { person } = await userStates.known(snapshot, ask);
    const prepared = await prepare(snapshot, ask, person, ask.position);
    ask.lap("prepare");
    return rank(ask, snapshot, prepared);
  }

  /** The session of a token; `undefined` if it is not cached and its inputs are gone. */
  async function resume(token: string, ask: Ask): Promise<FeedSession | undefined> {
    const cached = cache.find(queryOf(ask), token);
    const inputs = cached ?? inputsOf(token);
    const snapshot = inputs && (await registry.byId(inputs.snapshot));
    if (inputs === undefined || snapshot === undefined) return undefined;
    if (cached !== undefined) return cached;
    const person = await userStates.knownAt(snapshot, ask, inputs.position);
    const prepared = await prepare(snapshot, ask, person, inputs.position);
    return prepared.about.digest === inputs.digest ? rank(ask, snapshot, prepared) : undefined;
  }

  return {
    /** Page 1 starts a session; other pages continue the one they name, or the newest. */
    sessionFor: async (ask: Ask): Promise<FeedSession | undefined> => {
      if (ask.page === 1) return start(ask);
      const token = ask.list ?? cache.newest(queryOf(ask));
      const resumed = token === undefined ? undefined : await resume(token, ask);
      if (resumed !== undefined) return resumed;
      const started = await start(ask);
      if (started === undefined || ask.list === undefined) return started;
      return { ...started, fallback: [...started.fallback, "list_expired"] };
    },
    /** The ranking of a session with all its scores. */
    feedOf: async (
      { position }: FeedSession,
      snapshot: ServedSnapshot,
      ask: Ask,
    ): Promise<ScoredFeed> => {
      const person = await userStates.knownAt(snapshot, ask, position);
      const { asked } = await prepare(snapshot, ask, person, position);
      return snapshot.ranker.rankWithScores(asked, ask.lap);
    },
  };
}

/** Key of a query in the cache. */
function queryOf({ user, username, projectCode, mood }: Ask): string {
  return JSON.stringify([user?.key ?? username, projectCode, mood]);
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
    const asked = { person, categoryMask: category.categoryMask, mood: mood.vector, limit: DEPTH };
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
