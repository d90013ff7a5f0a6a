/**
 * Refusals of usernames where an id belongs. `/feed` takes usernames and everything else takes ids, so an app may
 * confuse them: the name would become the id of a second person.
 */
import type { Store } from "../../data/contract.ts";
import { Refusal } from "../rows/refusal.ts";

/** The refusal of each text that is the username of somebody of upstream, and nobody's id. */
export async function misnamed(
  { users }: Pick<Store, "users">,
  texts: readonly string[],
  field: string,
): Promise<ReadonlyMap<string, Refusal>> {
  const found = await users.usernamesAmong([...new Set(texts)]);
  const detail = (id: string) => `expected the id of a user, but it is the username of ${id}`;
  return new Map([...found].map(([name, id]) => [name, new Refusal(field, detail(id))]));
}
