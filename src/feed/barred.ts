/** Rows that may not be shown to a user now, on whatever page: disliked posts, and those of creators whom they hide. */
import { hiddenRows } from "./pulls.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";
import type { RequestUser, userStateCache } from "./user-state-cache.ts";

/** The rows in one snapshot. @throws HistoryError */
export async function barredRows(
  { known }: ReturnType<typeof userStateCache>,
  snapshot: ServedSnapshot,
  user: RequestUser,
): Promise<ReadonlySet<number>> {
  const { person, steering } = await known(snapshot, user);
  const hidden = steering ? hiddenRows(steering, snapshot.ranker.model) : [];
  return new Set([...person.disliked, ...hidden]);
}
