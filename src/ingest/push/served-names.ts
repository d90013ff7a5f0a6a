/** Names of a user in the served log. */
import type { Store } from "../../data/contract.ts";
import type { UserId } from "../../domain/ids.ts";

/** The users of a store, as far as their names go. */
export type NamedUsers = Pick<Store["users"], "stored">;

/**
 * The id, and the username: pages served while nobody knew the user have the name that the client sent. A username
 * that is another user's id is left out, since their pages have it.
 */
export async function servedNames(users: NamedUsers, id: UserId): Promise<readonly string[]> {
  const name = (await users.stored(id))?.username;
  if (name === undefined || name === "" || name === id) return [id];
  return (await users.stored(name as UserId)) === undefined ? [id, name] : [id];
}
