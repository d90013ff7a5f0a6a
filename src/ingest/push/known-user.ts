/** Facts about a user, as apps may read them. */
import type { Store } from "../../data/contract.ts";
import type { UserId } from "../../domain/ids.ts";
import { signalNamed } from "../../domain/known-signals.ts";

/** Facts about a user. */
type KnownUser = {
  readonly id: UserId;
  readonly name?: string;
  readonly text?: string;
  /** Number of events that stand, by kind. */
  readonly events: Readonly<Record<string, number>>;
  /** RFC 3339; `null` without events. */
  readonly first_event_at: string | null;
  readonly last_event_at: string | null;
};

/** Facts about the user with this id; `undefined` for an unknown one. */
export async function knownOf(
  { users, events }: Pick<Store, "users" | "events">,
  id: UserId,
): Promise<KnownUser | undefined> {
  const stored = await users.stored(id);
  if (stored === undefined) return undefined;
  const { key, username: name, bio: text } = stored;
  const { kinds, withdrawn, atMs } = await events.wholeHistory(key);
  const held = kinds.filter((_, n) => withdrawn[n] === 0).sort();
  const counts: Record<string, number> = {};
  for (const kind of held) {
    const name = signalNamed(kind) ?? `kind ${kind}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return {
    id,
    ...(name && { name }),
    ...(text && { text }),
    events: counts,
    first_event_at: timeOf(atMs[0]),
    last_event_at: timeOf(atMs.at(-1)),
  };
}

const timeOf = (ms?: number) => (ms === undefined ? null : new Date(ms).toISOString());
