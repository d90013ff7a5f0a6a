/**
 * Gorse's feedback as events, and back. Its types are signals: by name, by a plain synonym, or by the
 * setting SIGNALS. Values count for signals that have one, such as a rating.
 */
import type { CurrentEvent } from "../../data/log-entries.ts";
import type { Event } from "../../domain/event.ts";
import { signalMeant } from "../../domain/signal-words.ts";
import { signalNames, signalOf } from "../../domain/known-signals.ts";
import { Refusal } from "../rows/refusal.ts";
import { toEvent } from "../rows/to-domain.ts";
import { readSent } from "./sent.ts";
import { goTime, timeIn } from "./values.ts";

/** Feedback. */
export type Feedback = {
  readonly FeedbackType: string;
  readonly UserId: string;
  readonly ItemId: string;
  readonly Value: number;
  readonly Timestamp: string;
  readonly Comment: string;
};

/** Feedback as somebody sends it. */
type SentFeedback = Readonly<Partial<Record<keyof Feedback, unknown>>>;

/** The row of feedback. A word that is no signal stays, to be refused as a kind. */
export function eventRow(feedback: SentFeedback): Record<string, unknown> {
  const { FeedbackType: type, UserId: user, ItemId: post, Timestamp: at, Value: value } = feedback;
  const kind = typeof type === "string" ? signalMeant(type) : undefined;
  const row = { user, post, kind: kind ?? type, at: timeIn(at) };
  const isValued = kind !== undefined && signalOf(kind).value.unit !== "none";
  return isValued ? { ...row, value: value ?? 0 } : row;
}

/** Feedback as an event. */
export function toFeedbackEvent(feedback: SentFeedback, nowMs: number): Event | Refusal {
  const row = readSent("events", feedback, eventRow, nowMs);
  if (!(row instanceof Refusal)) return toEvent(row, nowMs);
  return row.field === "FeedbackType" ? unknownType(feedback.FeedbackType) : row;
}

/** The refusal of a feedback type that is no signal. */
function unknownType(type: unknown): Refusal {
  const names = signalNames().join(", ");
  const said = typeof type === "string" ? JSON.stringify(type.slice(0, 40)) : typeof type;
  return new Refusal(
    "FeedbackType",
    `${said} is no signal here: use one of ${names}, or add it with the setting SIGNALS`,
  );
}

/** The refusal of a type that is no signal; `undefined` for any other, and for none. */
export function refusedType({ type }: { readonly type?: string | undefined }): Refusal | undefined {
  return type === undefined || signalMeant(type) !== undefined ? undefined : unknownType(type);
}

/** Feedback of an event; `type` is the word that was asked for. */
export function feedbackOf(
  { userId, postId, kind, value, atMs }: CurrentEvent,
  type: string | undefined,
): Feedback {
  return {
    FeedbackType: type ?? kind,
    UserId: userId,
    ItemId: postId,
    Value: signalOf(kind).value.unit === "none" ? 0 : value,
    Timestamp: goTime(atMs),
    Comment: "",
  };
}
