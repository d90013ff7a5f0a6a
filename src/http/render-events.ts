/** Replies about single events: rows of the stream, and what one changed in a feed. */
import { t } from "elysia";
import type { Effect } from "../feed/events/effect.ts";
import type { StreamedEvent } from "../feed/events/watch.ts";
import { heldEventJson } from "../ingest/rows/from-store.ts";
import type { Sent } from "./event-stream.ts";

const OrNull = <T extends Parameters<typeof t.Union>[0][number]>(schema: T, description: string) =>
  t.Union([schema, t.Null()], { description });

/** An event as the log has it, or as far as it is known of one that was not stored. */
const EventFields = t.Record(t.String(), t.Unknown(), {
  description:
    "The event as it was sent; of one that was not stored `id`, `user`, `post` and `kind` alone, as far as they could be read",
});

/** A row of the stream. */
export const StreamRow = t.Object({
  key: t.String({ description: "Unlike that of any other row" }),
  fate: t.Union([t.Literal("accepted"), t.Literal("duplicate"), t.Literal("refused")]),
  seq: OrNull(t.Integer(), "Place in the log; null if it was not stored"),
  origin: OrNull(
    t.String(),
    "Who sent it: `app` (by HTTP or in a file) or `upstream`; null if it was not stored",
  ),
  received_at: t.String({ format: "date-time" }),
  event: EventFields,
  refusal: OrNull(
    t.Object({
      field: t.String({ description: 'The field at fault; "" if it is the row' }),
      detail: t.String({ description: "What would be right; what came is in the reply to the sender alone" }), // prettier-ignore
    }),
    "Present if it was refused",
  ),
});

/** A row of the stream. */
type Row = typeof StreamRow.static;

/** An event of the stream. */
export function streamedEvent(it: StreamedEvent): Sent {
  const id = it.position;
  if ("skipped" in it) return { id, event: "skipped", data: { rows: it.skipped } };
  return { id, event: "row", data: rowOf(it) };
}

function rowOf(it: Exclude<StreamedEvent, { readonly skipped: number }>): Row {
  if ("stored" in it) {
    const { received_at, origin, ...event } = heldEventJson(it.stored);
    const { seq } = it.stored;
    return { key: String(seq), fate: "accepted", seq, origin, received_at, event, refusal: null };
  }
  const { id, user, post, kind, refusal, atMs, n } = it.unstored;
  return {
    key: `${it.process}-${n}`,
    fate: refusal === undefined ? "duplicate" : "refused",
    seq: null,
    origin: null,
    received_at: new Date(atMs).toISOString(),
    event: { id, user, post, kind },
    refusal: refusal === undefined ? null : { field: refusal.field, detail: refusal.wanted },
  };
}

const rank = (description: string) => OrNull(t.Integer(), description);

/** Reply of the effect. */
export const EffectReply = t.Object({
  event: EventFields,
  snapshot: t.String({ description: "Id of the snapshot that ranked both lists" }),
  before: t.Array(t.String(), { description: "Ids of the first posts just before the event" }),
  after: t.Array(t.String(), { description: "Ids of the first posts just after it" }),
  changes: t.Array(
    t.Object({
      id: t.String(),
      change: t.Union([t.Literal("entered"), t.Literal("left"), t.Literal("moved")]),
      rank_before: rank("From 1; null if the list did not have it"),
      rank_after: rank("From 1; null if the list does not have it"),
      term: OrNull(
        t.Object({ name: t.String(), before: t.Number(), after: t.Number() }),
        "The score term that did most of it; null if it was another reason",
      ),
      words: t.String({ description: "Why" }),
    }),
  ),
  words: t.String({ description: "All in one sentence" }),
});

/** The reply of an effect. */
export function effectReply({ event, changes, ...it }: Effect): typeof EffectReply.static {
  return {
    event: heldEventJson(event),
    ...{ ...it, before: [...it.before], after: [...it.after] },
    changes: changes.map(({ rankBefore, rankAfter, term = null, ...change }) => ({
      ...change,
      rank_before: rankBefore ?? null,
      rank_after: rankAfter ?? null,
      term,
    })),
  };
}
