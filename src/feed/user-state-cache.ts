/** Who asks: from a user to what ranking knows of a person. */
import { LRUCache } from "lru-cache";
import type { History } from "../domain/history.ts";
import type { UserKey } from "../domain/ids.ts";
import { SIGNALS } from "../domain/signals.ts";
import { personOf, type Person } from "../ranking/person.ts";
import type { Lap } from "../ranking/pipeline.ts";
import type { Store } from "../data/sqlite/open.ts";
import { profilePrior } from "../models/ials/profile.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";

/** The parts of the store that people are read from. */
export type UserStore = Pick<Store, "users" | "interactions" | "embeddings">;

/** A person could not be read from the store; `cause` says why. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}

/** A moment: the newest version of the store that is known of, and who measures the time. */
export type Now = { readonly version: number; readonly lap: Lap };

/** A person as the store has them now. */
export type UserState = {
  readonly person: Person;
  /** How far the history is known, by fetch time, Unix epoch milliseconds. */
  readonly position: number;
  /** Ids of the posts liked at the moment. */
  readonly liked: ReadonlySet<number>;
  /** Rows of the posts disliked at the moment. */
  readonly disliked: ReadonlySet<number>;
};

/** What somebody was folded in from, by content, and the store in which that was found. */
type Entry = UserState & { readonly digest: bigint; readonly version: number };

/** Most bytes of people kept: some 10,000 with 165 posts of history. */
const KEPT_BYTES = 128e6;
/** What an entry takes beside its columns, most of it directions among embeddings. */
const ENTRY_BYTES = 8_000;

/** Nobody has done anything yet. */
const NO_HISTORY: History = {
  postKeys: new Float64Array(0),
  kinds: new Uint8Array(0),
  values: new Float32Array(0),
  atMs: new Float64Array(0),
  withdrawn: new Uint8Array(0),
};

/** People of `store`, folded in again only when what they are folded in from has changed. */
export function userStateCache(store: UserStore) {
  const kept = new LRUCache<string, Entry>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ person, liked }) => ENTRY_BYTES + 40 * liked.size + 16 * person.length,
  });

  /** @throws HistoryError */
  const read: typeof fold = (...them) =>
    fold(...them).catch((cause: unknown) => {
      throw new HistoryError("the history could not be read", { cause });
    });

  /** Folds in what the store holds of a user up to a position, unless that is how they are known. */
  async function fold(
    snapshot: ServedSnapshot,
    id: UserKey | undefined,
    before: Entry | undefined,
    until: number | undefined,
    { version, lap }: Now,
  ): Promise<Entry> {
    const { ranker } = snapshot;
    const position = until ?? (id === undefined ? 0 : await store.interactions.position(id));
    const history = await historyOf(store, id, until);
    const prior = id === undefined ? undefined : await priorOf(store, snapshot, id);
    const digest = digestOf(history, prior);
    lap("history");
    if (before?.digest === digest) return { ...before, position, version };
    const person = personOf(ranker.model, ranker.rowOf, history, prior);
    lap("fold-in");
    const liked = likedIn(history);
    return { person, position, liked, disliked: dislikedBy(person), digest, version };
  }

  async function known(
    snapshot: ServedSnapshot,
    id: UserKey | undefined,
    now: Now,
  ): Promise<UserState> {
    const key = `${snapshot.id} ${id}`;
    const before = kept.get(key);
    if (before?.version === now.version) return before;
    const entry = await read(snapshot, id, before, undefined, now);
    kept.set(key, entry);
    return entry;
  }

  return {
    /** Somebody as they are known now. @throws HistoryError */
    known,
    /** Somebody as they were known at a position. @throws HistoryError */
    knownAt: async (
      snapshot: ServedSnapshot,
      id: UserKey | undefined,
      position: number,
      now: Now,
    ): Promise<Person> => {
      const newest = await known(snapshot, id, now);
      if (newest.position === position) return newest.person;
      return (await read(snapshot, id, undefined, position, now)).person;
    },
  };
}

async function historyOf(
  store: UserStore,
  id: UserKey | undefined,
  until?: number,
): Promise<History> {
  return id === undefined ? NO_HISTORY : store.interactions.history(id, until);
}

/** μ: what a profile promises of its owner; `undefined` if it says nothing. */
async function priorOf(
  store: UserStore,
  { ranker: { model } }: ServedSnapshot,
  id: UserKey,
): Promise<Float32Array | undefined> {
  if (model.userMap.length === 0) return undefined;
  const { encoder, k } = model.info;
  const profile = await store.users.profile(id);
  if (profile === undefined) return undefined;
  const vectors =
    encoder && profile.textHash
      ? await store.embeddings.get(encoder.model, [profile.textHash])
      : undefined;
  const facts = { counters: profile.counters, vector: vectors?.get(profile.textHash) };
  return profilePrior(facts, model.userMap, k, encoder?.dimension ?? 0);
}

/** Equal histories and priors have equal ones. */
function digestOf(history: History, prior: Float32Array | undefined): bigint {
  const { postKeys, kinds, values, atMs, withdrawn } = history;
  let digest = 0n;
  for (const column of [postKeys, kinds, values, atMs, withdrawn, prior ?? ""])
    digest = BigInt(Bun.hash(column, digest));
  return digest;
}

function likedIn({ postKeys, kinds, withdrawn }: History): Set<number> {
  const liked = new Set<number>();
  for (let n = 0; n < postKeys.length; n++)
    if (kinds[n] === SIGNALS.like.code && withdrawn[n] === 0) liked.add(postKeys[n]!);
  return liked;
}

function dislikedBy({ rows, confidence }: Person): Set<number> {
  return new Set(rows.filter((_, n) => confidence[n]! < 0));
}
