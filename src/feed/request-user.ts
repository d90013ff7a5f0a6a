/** Finds the user of a request by name or id, with the position of their newest event. */
import type { Store } from "../data/contract.ts";
import { historyFrom, logColumns } from "../data/history.ts";
import type { History } from "../domain/history.ts";
import type { PostId, PostKey } from "../domain/ids.ts";
import { signalOf } from "../domain/known-signals.ts";
import type { Lap } from "../ranking/stages.ts";
import type { StoreCache } from "./store-cache.ts";
import type { PastEvent, Who } from "./who.ts";
import { HistoryError } from "./user-inputs.ts";
import { type RequestUser } from "./user-state-cache.ts";

type RequestUserOptions = {
  readonly lateMs: number;
  readonly clockMs: () => number;
  /** Called once an erasure is noticed: what caches hold of the user is to go. */
  readonly forget: () => void;
};

/** Opens a reader of the users of requests. */
export function requestUserReader(
  store: Pick<Store, "events" | "ids" | "version">,
  { find, findId }: StoreCache,
  { lateMs, clockMs, forget }: RequestUserOptions,
) {
  /** Newest version of the catalogue that was read: if the store fails, its cached cards are served. */
  let catalogue = 0;
  let erasedSeq = 0;
  async function readVersion(): Promise<void> {
    const version = await store.version(lateMs);
    if (version === catalogue) return;
    const seq = await store.events.lastErasure();
    if (seq !== erasedSeq) forget();
    erasedSeq = seq;
    // Last: if a read fails, the next request looks for an erasure again. Of two at once the newer version stands.
    catalogue = Math.max(catalogue, version);
  }
  async function stranger(past: readonly PastEvent[], lap: Lap): Promise<RequestUser> {
    const keys = await store.ids.postKeys(past.map((it) => it.postId));
    const history = historyOf(past, keys);
    return { user: undefined, position: 0, catalogue, lap, nowMs: clockMs(), history };
  }
  return {
    /** The user as the store knows them now. @throws HistoryError */
    known: async (who: Who, lap: Lap): Promise<RequestUser> => {
      try {
        await readVersion();
        if ("past" in who) return await stranger(who.past, lap);
        const isId = "userId" in who;
        const user = await (isId ? findId(catalogue, who.userId) : find(catalogue, who.username));
        const position = user === undefined ? 0 : await store.events.position(user.key);
        return { user, position, catalogue, lap, nowMs: clockMs() };
      } catch (cause) {
        throw new HistoryError("users cannot be looked up", { cause });
      }
    },
    newcomer: (lap: Lap): RequestUser => ({
      user: undefined,
      position: 0,
      catalogue,
      lap,
      nowMs: clockMs(),
    }),
  };
}

/** The history of events; those on posts that nobody knows are left out. */
function historyOf(events: readonly PastEvent[], keys: ReadonlyMap<PostId, PostKey>): History {
  const known = events.filter((it) => keys.has(it.postId));
  const log = logColumns(known.length);
  for (const [n, { postId, kind, value, claimedAtMs }] of known.entries()) {
    log.postKeys[n] = keys.get(postId)!;
    log.kinds[n] = signalOf(kind).code;
    log.values[n] = value;
    log.atMs[n] = claimedAtMs;
  }
  return historyFrom(log);
}
