/** Finds the user of a request by name or id, with the position of their newest event. */
import type { Store } from "../data/contract.ts";
import type { Lap } from "../ranking/stages.ts";
import type { StoreCache } from "./store-cache.ts";
import type { Who } from "./who.ts";
import { HistoryError, type RequestUser } from "./user-state-cache.ts";

/** Opens a reader of the users of requests. */
export function requestUserReader(
  store: Pick<Store, "events" | "version">,
  { find, findId }: StoreCache,
  { lateMs, clockMs }: { readonly lateMs: number; readonly clockMs: () => number },
) {
  /** Newest version of the catalogue that was read: if the store fails, its cached cards are served. */
  let catalogue = 0;
  return {
    /** The user as the store knows them now. @throws HistoryError */
    known: async (who: Who, lap: Lap): Promise<RequestUser> => {
      try {
        catalogue = await store.version(lateMs);
        const isId = "userId" in who;
        const user = await (isId ? findId(catalogue, who.userId) : find(catalogue, who.username));
        const position = user === undefined ? 0 : await store.events.position(user.key);
        return { user, position, catalogue, lap, nowMs: clockMs() };
      } catch (cause) {
        throw new HistoryError("users cannot be looked up", { cause });
      }
    },
    newcomer: (lap: Lap): RequestUser => ({
      ...{ user: undefined, position: 0, catalogue, lap },
      nowMs: clockMs(),
    }),
  };
}
