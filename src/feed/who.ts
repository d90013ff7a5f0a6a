/** The user of a request: named, or a stranger with a past. */
import type { Event } from "../domain/event.ts";
import type { UserId } from "../domain/ids.ts";
import type { Failure } from "../ranking/attempt.ts";
import type { Lap } from "../ranking/stages.ts";

/** A user by a username, which may be an id too; or by an id alone, which is no username. */
export type Named = { readonly username: string } | { readonly userId: UserId };

/** Somebody with a name, or a stranger by what they did. */
export type Who = Named | { readonly past: readonly PastEvent[] };

/** Something that a stranger did. */
export type PastEvent = Pick<Event, "postId" | "kind" | "value" | "claimedAtMs">;

/** Makes a page for a user; for a newcomer while the user cannot be read, and tells why in `lost`. */
export type ForUser<User> = <T>(
  who: Who,
  lap: Lap,
  page: (user: User, lost: readonly Failure[]) => Promise<T>,
) => Promise<T>;
