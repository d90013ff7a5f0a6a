/** LRU cache of user states, keyed by the user's position in the event log and the catalogue's version. */
import { LRUCache } from "lru-cache";
import { withEvent, type History } from "../domain/history.ts";
import type { PostKey } from "../domain/ids.ts";
import { SIGNALS } from "../domain/signals.ts";
import { personOf, type Person } from "../models/person.ts";
import { hasVector } from "../index/exact.ts";
import type { Lap } from "../ranking/stages.ts";
import type { Steering } from "../domain/steering.ts";
import { postSteers, type FullSteering } from "./pulls.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";
import type { KnownUser } from "./store-cache.ts";
import { userDigest, inputsOf, NOBODY, type UserStore } from "./user-inputs.ts";

/** The user of a request, and the state of the store at the time of the request. */
export type RequestUser = {
  /** `undefined` for a newcomer. */
  readonly user: KnownUser | undefined;
  /** Position of the user's newest event; 0 without one. */
  readonly position: number;
  /** Version of the catalogue: posts, profiles and vectors. */
  readonly catalogue: number;
  /** Time by the wall clock, Unix epoch milliseconds. */
  readonly nowMs: number;
  /** Ends a stage of the request's timings. */
  readonly lap: Lap;
  /** The history of a stranger; `user` is then `undefined`. */
  readonly history?: History;
};

/** State of a user, as ranking and pages need it. */
export type UserState = {
  readonly person: Person;
  /** `undefined` for somebody who has asked for nothing. */
  readonly steering: FullSteering | undefined;
  /** Keys of the posts that the user likes now. */
  readonly liked: Float64Array;
};

/** A cached state, the position and version it was read at, and a digest of its inputs. */
type Entry = UserState &
  Pick<RequestUser, "position" | "catalogue"> & {
    readonly digest: bigint;
    /** True if the snapshot lacks a post of theirs or its vector, which may come later. */
    readonly isPartial: boolean;
    /** State of the snapshot in which that was so. */
    readonly state: string;
  };

/** Memory limit of the cache: some 8,000 users with 165 posts each. */
const CACHE_BYTES = 80e6;
/** Memory of an entry beside what grows with the history: factors, votes, and some twenty objects. */
const ENTRY_BYTES = 6_000;

/** Opens the cache. A user whose inputs have not changed is not folded in again. */
export function userStateCache(store: UserStore) {
  const states = new LRUCache<string, Entry>({
    maxSize: CACHE_BYTES,
    sizeCalculation: ({ person, liked }) =>
      ENTRY_BYTES +
      8 * liked.length +
      20 * person.length +
      (person.profile?.vector?.byteLength ?? 0),
  });

  /** Reads a user and folds them in, unless the inputs equal those of `before`. @throws HistoryError */
  async function read(
    { ranker, state }: ServedSnapshot,
    { user, position, catalogue, lap, history: ownHistory }: RequestUser,
    before?: Entry,
  ): Promise<Entry> {
    const { history, profile, steering } = ownHistory
      ? { ...NOBODY, history: ownHistory }
      : await inputsOf(store, ranker.model, user?.key, position);
    const digest = userDigest(history, profile, steering);
    lap("history");
    if (before?.digest === digest && !before.isPartial) return { ...before, position, catalogue };
    const person = personOf(ranker.model, ranker.rowOf, history, profile);
    lap("fold-in");
    const isPartial = history.postKeys.some((key) => !isWhole(ranker, key));
    return { person, steering: fullSteering(history, steering), liked: likedIn(history), position, catalogue, digest, isPartial, state }; // prettier-ignore
  }

  /** The present state of a request's user. @throws HistoryError */
  async function known(snapshot: ServedSnapshot, requestUser: RequestUser): Promise<UserState> {
    if (requestUser.history !== undefined) return read(snapshot, requestUser);
    const key = `${snapshot.id} ${requestUser.user?.key}`;
    const before = states.get(key);
    const { position, catalogue } = requestUser;
    const isSame = before?.position === position && before.catalogue === catalogue;
    if (isSame && (!before.isPartial || before.state === snapshot.state)) return before;
    const entry = await read(snapshot, requestUser, before);
    states.set(key, entry);
    return entry;
  }

  return {
    known,
    /** Forgets everybody: somebody was erased. */
    forget: () => states.clear(),
    /** The user as of a position, if they now liked one post more. @throws HistoryError */
    liking: async (
      { ranker: { model, rowOf } }: ServedSnapshot,
      { user, position, nowMs: atMs, history: ownHistory }: RequestUser,
      postKey: PostKey,
    ): Promise<Person> => {
      const { history, profile } = ownHistory
        ? { history: ownHistory }
        : await inputsOf(store, model, user?.key, position);
      const like = { postKey, kind: SIGNALS.like.code, value: 1, atMs };
      return personOf(model, rowOf, withEvent(history, like), profile);
    },
    /** The user as of an earlier position. @throws HistoryError */
    knownAt: async (
      snapshot: ServedSnapshot,
      requestUser: RequestUser,
      position: number,
    ): Promise<UserState> =>
      position === requestUser.position
        ? known(snapshot, requestUser)
        : read(snapshot, { ...requestUser, position }),
  };
}

/** True for a post that the model has, with its vector. */
function isWhole({ model, rowOf }: ServedSnapshot["ranker"], key: number): boolean {
  const row = rowOf(key);
  const { embeddings, info } = model;
  return row !== undefined && (!info.encoder || hasVector(embeddings, row, info.encoder.dimension));
}

function likedIn({ postKeys, kinds, withdrawn }: History): Float64Array {
  return postKeys.filter((_, n) => kinds[n] === SIGNALS.like.code && withdrawn[n] === 0);
}

function fullSteering(history: History, steering: Steering): FullSteering | undefined {
  const posts = postSteers(history);
  const isAny = posts.length + steering.steers.length > 0 || steering.sliders !== undefined;
  return isAny ? { ...steering, posts } : undefined;
}
