/** A feed from a name: who asks, a ranked list, cut into pages of what may still be shown. */
import type { PostKey, UserKey } from "../domain/ids.ts";
import type { Card } from "../domain/post.ts";
import { audienceOf } from "../ranking/audience.ts";
import { TIERS, type ScoredFeed } from "../ranking/feed.ts";
import type { Person } from "../ranking/person.ts";
import type { Store } from "../data/sqlite/open.ts";
import type { FeedPage, FeedRequest, Watch } from "./contract.ts";
import { reasonFor } from "./explain.ts";
import type { Fault } from "./faults.ts";
import type { RankedList } from "./sessions.ts";
import type { SnapshotRegistry, ServedSnapshot } from "./snapshot-registry.ts";
import { HistoryError, people, type PeopleStore } from "./user-state-cache.ts";
import { rankings } from "./rankings.ts";
import { stopwatch } from "./timings.ts";
import { unchanged } from "./store-cache.ts";
import type { EncodeText } from "./intent.ts";

/** What a feed is made from. */
export type RecommendDeps = {
  readonly registry: SnapshotRegistry;
  readonly store: PeopleStore & Pick<Store, "posts" | "version">;
  readonly encode: EncodeText;
  /** For {@link FeedPage.watch}. */
  readonly nowMs?: () => number;
  /** How late another process's write may be noticed, milliseconds. */
  readonly lateMs?: number;
};

/** Too short for anybody to notice. */
const LATE_MS = 2;

/** A post that is shown. */
type Shown = { readonly id: PostKey; readonly card: Card; readonly row: number };

/** The feed of the service. */
export function recommender(deps: RecommendDeps) {
  const { registry, store, encode, nowMs = performanceNow, lateMs = LATE_MS } = deps;
  const folded = people(store);
  const stored = unchanged(store);
  const { listFor, feedOf } = rankings({ registry, people: folded, encode });

  let version = 0;

  /** Who asks, if it can be read. @throws HistoryError */
  async function whoIs({ username }: FeedRequest): Promise<UserKey | undefined> {
    try {
      version = store.version(lateMs);
      return await stored.find(version, username);
    } catch (cause) {
      throw new HistoryError("users cannot be looked up", { cause });
    }
  }

  /** A page for somebody; without an id for a stranger. `lost` is what is missing of them. @throws HistoryError */
  async function pageFor(
    request: FeedRequest,
    userKey: UserKey | undefined,
    watch: Watch,
    lost: readonly Fault[] = [],
  ): Promise<FeedPage | undefined> {
    const { username, projectCode, mood, page, pageSize } = request;
    const now = { version, lap: watch.lap };
    const ask = { userKey, username, projectCode, mood };
    const list = await listFor(request, ask, now);
    const snapshot = list && (await registry.byId(list.snapshot));
    if (list === undefined || snapshot === undefined) return undefined;
    const faults = [...lost, ...list.failures];

    const { person, liked, disliked } = await folded.known(snapshot, userKey, now);
    const cardsOf = (ids: readonly PostKey[]) => stored.cards(now.version, ids);
    const { at, shown } = await pageOf(cardsOf, snapshot, list, disliked, page, pageSize);
    watch.lap("cards");
    return {
      posts: shown.map(({ id, card }) => ({ card, upvoted: liked.has(id) })),
      nextList: at * pageSize < list.rows.length ? list.token : undefined,
      skipped: at - page,
      user: { id: userKey ?? null, known: userKey !== undefined },
      audience: audienceOf(list.historyLength),
      match: list.match,
      snapshot: list.snapshot,
      fallback: [
        ...list.fallback,
        ...tiersIn(list, (at - 1) * pageSize, at * pageSize),
        ...faults.map(({ stage }) => stage),
      ],
      faults,
      ...(request.explain
        ? explained(shown, snapshot, await feedOf(list, snapshot, ask, now), person)
        : { explain: undefined }),
      watch,
    };
  }

  return async (request: FeedRequest): Promise<FeedPage | undefined> => {
    const watch = stopwatch(nowMs);
    try {
      return await pageFor(request, await whoIs(request), watch);
    } catch (cause) {
      if (!(cause instanceof HistoryError)) throw cause;
      const lost = { stage: "history_unavailable", cause: cause.cause };
      return pageFor(request, undefined, watch, [lost]);
    }
  };
}

const performanceNow = () => performance.now();

/**
 * Page `page`, without posts that were locked, hidden, withdrawn or disliked since the list was
 * made; if nothing is left of it, the first page after it of which something is.
 */
async function pageOf(
  cardsOf: (ids: readonly PostKey[]) => Promise<readonly (Card | undefined)[]>,
  { ranker }: ServedSnapshot,
  list: RankedList,
  disliked: ReadonlySet<number>,
  page: number,
  pageSize: number,
): Promise<{ at: number; shown: Shown[] }> {
  const { postKeys } = ranker.model;
  for (let at = page; ; at++) {
    const rows = list.rows.subarray((at - 1) * pageSize, at * pageSize);
    const cards = await cardsOf(Array.from(rows, (row) => postKeys[row] as PostKey));
    const shown: Shown[] = [];
    for (const [n, card] of cards.entries()) {
      const row = rows[n]!;
      if (card && !disliked.has(row)) shown.push({ id: postKeys[row] as PostKey, card, row });
    }
    if (shown.length > 0 || at * pageSize >= list.rows.length) return { at, shown };
  }
}

function explained(
  shown: readonly Shown[],
  { ranker }: ServedSnapshot,
  feed: ScoredFeed,
  person: Person,
) {
  const explain = shown.map(({ row }) => reasonFor(ranker, feed, row, person));
  return { explain, trace: feed.trace };
}

/** The fallback tiers that a page reaches into. */
function tiersIn({ tierStart, rows }: RankedList, from: number, to: number): string[] {
  return TIERS.filter((_, n) => {
    const [start, end] = [tierStart[n]!, tierStart[n + 1] ?? rows.length];
    return start < end && from < end && to > start;
  });
}
