/** People by name. */
import type { UsersReply } from "../../../routes/search.ts";
import { pathOf, read, useRoute } from "../api.ts";
import { keptById } from "./kept-by-id.ts";
import type { PersonFound } from "./types.ts";

const usePeople = keptById<PersonFound>(async (query) => {
  const { users } = await read<UsersReply>(`/users?${query}`);
  return users;
});

/** The names of ids; the id itself for somebody without one, or until it is there. */
export function useNames(ids: readonly string[]): (id: string) => string {
  const personOf = usePeople(ids);
  return (id) => personOf(id)?.name || id;
}

/** People who were here last, `count` at most; `undefined` until they are there. Nothing is requested while `isOn` is false. */
export function useNewest(count: number, isOn = true): readonly PersonFound[] | undefined {
  return useRoute<UsersReply>(isOn ? pathOf("/users", { limit: count }) : undefined).value?.users;
}
