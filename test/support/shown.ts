/** Posts that were shown, written into a served log by hand. */
import type { ServedLog, ServedSlot } from "../../src/data/served-log.ts";
import type { PostKey } from "../../src/domain/ids.ts";

/** A page: whom it was shown to, when, and the ids of its posts, which are their keys. */
export type ShownPage = {
  readonly user: string;
  readonly atMs: number;
  readonly posts: readonly number[];
  /** Of each post; `popular` if absent. */
  readonly sources?: readonly string[];
};

/** Logs a page. */
export function show(
  log: ServedLog,
  { user, atMs, posts, sources = ["popular"] }: ShownPage,
): void {
  const slots = posts.map((post, n): ServedSlot => ({ post: post as PostKey, sources, score: 1, probability: 1, slot: n + 1 })); // prettier-ignore
  log.append({
    ...{ recommendationId: crypto.randomUUID(), atMs, userId: user, list: "l", from: 0, slots },
    ...{ snapshot: "s", policy: "feed", audience: "cold", match: [], fallback: [] },
  });
}
