/** Feedback in Gorse's words, on the event log. */
import { again } from "../../data/again.ts";
import type { Appended } from "../../data/changes.ts";
import type { StandingEvent, Store } from "../../data/contract.ts";
import { APP } from "../../data/history.ts";
import type { Writer } from "../../data/writer/client.ts";
import type { Event } from "../../domain/event.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import { signalMeant } from "../../domain/signal-words.ts";
import { Refusal } from "../rows/refusal.ts";
import { WRITTEN, type Page } from "./catalogue.ts";
import { addsUp, feedbackOf, refusedType, toAppend, eventsOf, type Feedback } from "./feedback.ts"; // prettier-ignore
import { cursorIn, cursorOf } from "./values.ts";

/** Dependencies of {@link openFeedbackLog}. */
export type FeedbackDeps = {
  readonly store: () => Pick<Store, "ids" | "events">;
  readonly writer: () => Pick<Writer, "write">;
  readonly nowMs: () => number;
};

/** Whose feedback, on what, of which type. */
export type FeedbackFilter = {
  readonly user?: string | undefined;
  readonly item?: string | undefined;
  readonly type?: string | undefined;
};

/** Opens the log of feedback. */
export function openFeedbackLog({ store, writer, nowMs }: FeedbackDeps) {
  const append: Append = async (events) => {
    const receipt = { receivedAtMs: nowMs(), origin: APP };
    if (events.length === 0) return { accepted: 0, duplicates: 0 };
    return writer().write("appendEvents", events, receipt);
  };
  /** What stands of `filter`, after a seq; `ids` are of the users and posts of one page. */
  async function* standing(filter: FeedbackFilter, after: number) {
    const { ids, events } = store();
    const keys = await keysOf(filter, ids);
    if (keys === undefined) return;
    for (let next: number | undefined = after; next !== undefined;) {
      const page = await events.standing({ ...keys, after: next });
      next = page.next;
      const users = await ids.userIds([...new Set(page.events.map((it) => it.user))]);
      const posts = await ids.postIds([...new Set(page.events.map((it) => it.post))]);
      for (const event of page.events) {
        const [user, post] = [users.get(event.user), posts.get(event.post)];
        if (user !== undefined && post !== undefined) yield { event, user, post };
      }
    }
  }

  const page = async (filter: FeedbackFilter, cursor: string, n: number) => {
    const after = cursorIn(cursor);
    if (!/^\d{0,15}$/.test(after)) return NO_CURSOR;
    const rows: Feedback[] = [];
    let last = 0;
    for await (const { event, user, post } of standing(filter, Number(after))) {
      if (rows.length === n) return { cursor: cursorOf(String(last)), rows };
      rows.push(feedbackOf(event, { user, post, type: filter.type }));
      last = event.seq;
    }
    return { cursor: "", rows };
  };

  return {
    /** Feedback as events, all of one user if one is named; the refusal of the first that can't be one. */
    past: (rows: readonly unknown[], user?: string) => eventsOf(rows, nowMs(), user),
    /** Appends feedback; a refusal means that nothing is stored. `overwrites` what is there already. */
    insert: async (rows: readonly unknown[], overwrites: boolean): Promise<number | Refusal> => {
      const events = eventsOf(rows, nowMs());
      if (events instanceof Refusal) return events;
      await insertAll(events, store().events, append, overwrites);
      return rows.length;
    },
    /** A page of what stands, oldest arrival first; a refusal of an unknown type or cursor. */
    page: async (
      filter: FeedbackFilter,
      cursor: string,
      n: number,
    ): Promise<Page<Feedback> | Refusal> => refusedType(filter) ?? page(filter, cursor, n),
    /** Withdraws what stands between a user and an item; returns its number. */
    withdraw: async (filter: FeedbackFilter & { user: string; item: string }) => {
      const refused = refusedType(filter);
      if (refused !== undefined) return refused;
      const found: Event[] = [];
      for await (const { event, user, post } of standing(filter, 0))
        found.push(withdrawal(event, user, post, nowMs()));
      await append(found);
      return found.length;
    },
  };
}

const NO_CURSOR = new Refusal("cursor", "the cursor was not given here");

type Append = (events: readonly Event[]) => Promise<Appended>;

/**
 * Appends feedback, a chunk after the other; the next is looked up while one is written. Whatever adds up
 * is looked up only where it was a duplicate: it may have been withdrawn.
 */
async function insertAll(
  events: readonly Event[],
  { latest }: Pick<Store["events"], "latest">,
  append: Append,
  overwrites: boolean,
): Promise<void> {
  let written: Promise<void> = Promise.resolve();
  for (let at = 0; at < events.length; at += WRITTEN) {
    const chunk = events.slice(at, at + WRITTEN);
    const [adding, kept] = [chunk.filter(addsUp), chunk.filter((it) => !addsUp(it))];
    const said = await latest(kept);
    const changed = kept.flatMap((it, n) => toAppend(it, said[n], overwrites) ?? []);
    await written;
    written = append([...changed, ...adding]).then(async ({ duplicates }) => {
      if (duplicates === 0) return;
      const before = await latest(adding);
      await append(adding.filter((_, n) => before[n]?.isWithdrawn === true).map(again));
    });
  }
  await written;
}

async function keysOf({ user, item, type }: FeedbackFilter, ids: Store["ids"]) {
  const kind = type === undefined ? undefined : signalMeant(type);
  const userId = user as UserId | undefined;
  const postId = item as PostId | undefined;
  const userKey = userId && (await ids.userKeys([userId])).get(userId);
  const postKey = postId && (await ids.postKeys([postId])).get(postId);
  const isUnknown = (id: unknown, key: unknown) => id !== undefined && key === undefined;
  if (isUnknown(userId, userKey) || isUnknown(postId, postKey)) return undefined;
  return { user: userKey || undefined, post: postKey || undefined, kind };
}

function withdrawal({ kind }: StandingEvent, userId: UserId, postId: PostId, nowMs: number): Event {
  return again({ userId, postId, kind, value: 0, claimedAtMs: nowMs, isWithdrawal: true });
}
