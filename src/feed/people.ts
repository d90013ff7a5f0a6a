/** People by id and name: those asked for, or those who were here last. */
import type { Store } from "../data/contract.ts";
import type { ServedLog } from "../data/served-log.ts";
import type { UserId } from "../domain/ids.ts";
import { newestAskers } from "./askers.ts";
import type { PersonSummary } from "./search.ts";

/** People looked up per person listed, so that those with a name can come first. */
const LOOKED_UP = 4;

/** Opens the people of a store. */
export function peopleReader(
  store: Pick<Store, "users" | "events" | "ids">,
  servedLog: () => Pick<ServedLog, "before" | "flush">,
) {
  /** Those of `ids` that are stored, in that order. */
  const named = async (ids: readonly UserId[]): Promise<PersonSummary[]> => {
    const stored = await Promise.all(ids.map((id) => store.users.stored(id)));
    return stored.flatMap((it) => (it ? [{ id: it.id, name: it.username ?? "" }] : []));
  };
  return {
    named,
    newest: async (count: number): Promise<PersonSummary[]> => {
      const { names } = await newestAskers(servedLog(), store, LOOKED_UP * count);
      const people = await named(names as readonly UserId[]);
      return people.toSorted((a, b) => Number(a.name === "") - Number(b.name === "")).slice(0, count); // prettier-ignore
    },
  };
}
