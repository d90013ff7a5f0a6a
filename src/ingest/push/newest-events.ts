/** The newest events of a user that hold and say something about them. */
import type { Store } from "../../data/contract.ts";
import type { PostId, PostKey, UserId } from "../../domain/ids.ts";
import { UNKNOWN } from "../../domain/history.ts";
import { signalNamed, signalOf, type SignalName } from "../../domain/known-signals.ts";

/** An event, in the fields that apps send. */
type NewestEvent = {
  readonly post: PostId;
  readonly kind: SignalName;
  /** Absent where the kind has none. */
  readonly value?: number;
  /** Milliseconds, whole; absent if nobody said. */
  readonly watched_ms?: number;
  /** RFC 3339 */
  readonly at: string;
};

/** The newest `count` events, the newest first; `undefined` for an unknown user. */
export async function newestEvents(
  { users, events, ids }: Pick<Store, "users" | "events" | "ids">,
  id: UserId,
  count: number,
): Promise<NewestEvent[] | undefined> {
  const stored = await users.stored(id);
  if (stored === undefined) return undefined;
  const { postKeys, kinds, values, watchedMs, atMs, withdrawn } = await events.history(stored.key);
  const places = [...kinds.keys()].filter((n) => withdrawn[n] === 0).slice(-count).reverse(); // prettier-ignore
  const idOf = await ids.postIds([...new Set(places.map((n) => postKeys[n] as PostKey))]);
  return places.flatMap((n) => {
    const [post, kind] = [idOf.get(postKeys[n] as PostKey), signalNamed(kinds[n]!)];
    if (post === undefined || kind === undefined) return [];
    const value = signalOf(kind).value.unit === "none" ? {} : { value: values[n]! };
    const watched = watchedMs[n] === UNKNOWN ? {} : { watched_ms: Math.round(watchedMs[n]!) };
    return [{ post, kind, ...value, ...watched, at: new Date(atMs[n]!).toISOString() }];
  });
}
