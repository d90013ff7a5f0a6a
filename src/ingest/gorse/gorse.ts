/** Gorse's REST as functions: feedback in its words, on the event log; users and items are in `catalogue.ts`. */
import { again } from "../../data/again.ts";
import type { CurrentEvent } from "../../data/log-entries.ts";
import { APP } from "../../data/history.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import { signalMeant } from "../../domain/signal-words.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import type { Writing } from "../push/change.ts";
import { Refusal } from "../rows/refusal.ts";
import { openCatalogue, type Page } from "./catalogue.ts";
import { feedbackOf, refusedType, toFeedbackEvent, type Feedback } from "./feedback.ts";
import { insertAll, madeOf } from "./sent.ts";
import { cursorIn, cursorOf } from "./values.ts";

/** Users, items and feedback in Gorse's words. */
export type Gorse = ReturnType<typeof openGorse>;

/** Whose feedback, on what, of which type. */
export type FeedbackFilter = {
  readonly user?: string | undefined;
  readonly item?: string | undefined;
  readonly type?: string | undefined;
};

/** Opens users, items and feedback. */
export function openGorse(writing: Writing) {
  const { store, writer, nowMs } = writing;
  const receipt = () => ({ receivedAtMs: nowMs(), origin: APP });
  const currentOf = ({ user, item, type }: FeedbackFilter, after?: number) =>
    store().events.current({
      user: user as UserId | undefined,
      post: item as PostId | undefined,
      kind: type === undefined ? undefined : signalMeant(type),
      after,
    });

  const page = async (filter: FeedbackFilter, cursor: string, n: number) => {
    const position = cursorIn(cursor);
    if (!/^\d{0,15}$/.test(position)) return NO_CURSOR;
    const rows: Feedback[] = [];
    let last = 0;
    for await (const events of currentOf(filter, Number(position)))
      for (const event of events) {
        if (rows.length === n) return { cursor: cursorOf(String(last)), rows };
        rows.push(feedbackOf(event, filter.type));
        last = event.seq;
      }
    return { cursor: "", rows };
  };

  return {
    ...openCatalogue(writing),
    /** Feedback of one user as events, which are not stored. */
    past: (rows: readonly unknown[], user: string) =>
      inSlices(madeOf(rows, (it) => toFeedbackEvent({ ...it, UserId: user }, nowMs()))),
    /** Appends feedback; a refusal means that nothing is stored. `overwrites` what is there already. */
    insertFeedback: (rows: readonly unknown[], overwrites: boolean) =>
      insertAll(
        rows,
        (it) => toFeedbackEvent(it, nowMs()),
        (events) => writer().write("appendFeedback", events, receipt(), overwrites),
      ),
    /** A page of the feedback that holds, oldest arrival first; a refusal of an unknown type or cursor. */
    feedback: async (
      filter: FeedbackFilter,
      cursor: string,
      n: number,
    ): Promise<Page<Feedback> | Refusal> => refusedType(filter) ?? page(filter, cursor, n),
    /** Withdraws what holds between a user and an item; returns its number. */
    withdraw: async (filter: FeedbackFilter & { user: string; item: string }) => {
      const refused = refusedType(filter);
      if (refused !== undefined) return refused;
      const found: CurrentEvent[] = [];
      for await (const events of currentOf(filter)) found.push(...events);
      const { user: userId, item: postId } = filter as { user: UserId; item: PostId };
      const withdrawals = [...new Set(found.map((it) => it.kind))].map((kind) =>
        again({ userId, postId, kind, value: 0, claimedAtMs: nowMs(), isWithdrawal: true }),
      );
      if (found.length > 0) await writer().write("appendEvents", withdrawals, receipt());
      return found.length;
    },
  };
}

const NO_CURSOR = new Refusal("cursor", "the cursor was not given here");
