/** What the store knows of a user, as apps may read it. */
import type { Store } from "../../data/contract.ts";
import type { UserId } from "../../domain/ids.ts";
import { signalNamed } from "../../domain/known-signals.ts";

/** What is known of a user. */
export type KnownUser = {
  readonly id: UserId;
  readonly name?: string;
  readonly text?: string;
  /** Number of events by kind. */
  readonly events: Readonly<Record<string, number>>;
  /** RFC 3339; `null` without events. */
  readonly first_event_at: string | null;
  readonly last_event_at: string | null;
};

/** What is known of the user with this id; `undefined` for an unknown one. */
export async function knownOf(
  { ids, users, events }: Pick<Store, "ids" | "users" | "events">,
  id: UserId,
): Promise<KnownUser | undefined> {
  const key = (await ids.userKeys([id])).get(id);
  if (key === undefined) return undefined;
  const { username: name, bio: text } = (await users.described(key)) ?? {};
  const counts = await events.counts(key);
  const named = counts.map(({ kind, count }) => [signalNamed(kind) ?? `kind ${kind}`, count]);
  return {
    id,
    ...(name && { name }),
    ...(text && { text }),
    events: Object.fromEntries(named),
    first_event_at: timeOf(Math.min(...counts.map((it) => it.firstAtMs))),
    last_event_at: timeOf(Math.max(...counts.map((it) => it.lastAtMs))),
  };
}

const timeOf = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);
