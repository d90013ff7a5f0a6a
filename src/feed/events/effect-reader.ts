/** Reader of effects: ranks a person's list as of just before an event and as of just after it. */
import type { HeldEvent } from "../../data/log-entries.ts";
import type { PostKey } from "../../domain/ids.ts";
import { ignoredCodes, signalOf } from "../../domain/known-signals.ts";
import type { ScoredFeed } from "../../ranking/feed.ts";
import type { Parts } from "../parts.ts";
import { sayingsOf } from "../sayings.ts";
import type { ServedSnapshot } from "../snapshot-registry.ts";
import type { Change, Effect } from "./effect.ts";
import { changesOf } from "./list-changes.ts";

/** Length of the compared lists. */
const FIRST = 20;

/**
 * Opens the reader of effects. Both lists are ranked now, by one snapshot, from what was known of the person at
 * two places of the log, without trials of new posts: it gives the same answer while the snapshot stays as it is.
 * It throws a HistoryError if the person cannot be read.
 */
export function effectReader(parts: Parts) {
  const { store, requestUsers, feedOf, idsOf, inForce } = parts;

  return async (seq: number): Promise<Effect | "unknown event" | undefined> => {
    const snapshot = parts.snapshot();
    const [event] = await store.events.every(seq - 1, 1);
    if (event?.seq !== seq) return "unknown event";
    if (snapshot === undefined) return undefined;
    const known = await requestUsers.known({ userId: event.userId }, () => {});
    const request = { ...known, ...NO_INTENT, username: event.userId };
    const adjusted = await inForce();
    const as = (position: number) => ({ token: "effect", contests: [], position, adjusted });
    const before = await feedOf(as(seq - 1), snapshot, request);
    const after = await feedOf(as(seq), snapshot, request);
    const rows = [...new Set([...firstOf(after), ...firstOf(before)])];
    const { ranker } = snapshot;
    const say = await sayingsOf(parts, ranker, after, rows, { ...request, position: seq });
    const changes = changesOf(ranker, { before, after, say, first: FIRST });
    const ids = await idsOf(rows.map((row) => ranker.model.postKeys[row] as PostKey));
    const idOf = new Map(rows.map((row, n) => [row, ids[n]!]));
    const listOf = (feed: ScoredFeed) => firstOf(feed).map((row) => idOf.get(row)!);
    return {
      event,
      snapshot: snapshot.id,
      before: listOf(before),
      after: listOf(after),
      changes: changes.map(({ row, ...it }) => ({ ...it, id: idOf.get(row)! })),
      words: wordsOf(changes, event, await isLearnt(store, snapshot, event)),
    };
  };
}

const NO_INTENT = { projectCode: undefined, mood: undefined, page: 1, list: undefined };

const firstOf = ({ rows }: ScoredFeed) => [...rows.subarray(0, FIRST)];

/** True if the snapshot has the post of an event. */
async function isLearnt(
  { ids }: Parts["store"],
  { ranker }: ServedSnapshot,
  { postId }: HeldEvent,
): Promise<boolean> {
  const key = (await ids.postKeys([postId])).get(postId);
  return key !== undefined && ranker.rowOf(key) !== undefined;
}

function wordsOf(changes: readonly Change[], { kind }: HeldEvent, isLearnt: boolean): string {
  if (changes.length > 0) {
    const counts = (["entered", "left", "moved"] as const).map(
      (it) => [changes.filter(({ change }) => change === it).length, it] as const,
    );
    const told = counts.filter(([n]) => n > 0).map(([n, it]) => `${n} ${it}`);
    return `Among the first ${FIRST} posts, ${told.join(", ")}.`;
  }
  const same = `The first ${FIRST} posts are the same`;
  if (ignoredCodes().includes(signalOf(kind).code))
    return `${same}: an event of the kind ${kind} says nothing about a taste.`;
  if (!isLearnt) return `${same}: the post has no place in the snapshot, and counts once it has.`;
  return `${same}: what it adds is too little, or was known.`;
}
