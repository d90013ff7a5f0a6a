/**
 * Gorse's feedback as events, and back. Its types are signals: by name, by a plain synonym, or by the
 * setting SIGNALS. Values count for signals that have one, such as a rating.
 */
import type { CurrentEvent } from "../../data/contract.ts";
import type { Event } from "../../domain/event.ts";
import { signalMeant } from "../../domain/signal-words.ts";
import { signalNames, signalOf } from "../../domain/known-signals.ts";
import type { Steps } from "../../runtime/time-slicing.ts";
import { Refusal } from "../rows/refusal.ts";
import { readRow } from "../rows/row.ts";
import { toEvent } from "../rows/to-domain.ts";
import { goTime, inGorsesWords, inRow, isObject, timeIn } from "./values.ts";

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

const FIELDS = { user: "UserId", post: "ItemId", kind: "FeedbackType", value: "Value", at: "Timestamp" }; // prettier-ignore

/** The row of feedback. A word that is no signal stays, to be refused as a kind. */
export function eventRow(feedback: SentFeedback): Record<string, unknown> {
  const { FeedbackType: type, UserId: user, ItemId: post, Timestamp: at, Value: value } = feedback;
  const kind = typeof type === "string" ? signalMeant(type) : undefined;
  const row = { user, post, kind: kind ?? type, at: timeIn(at) };
  const isValued = kind !== undefined && signalOf(kind).value.unit !== "none";
  return isValued ? { ...row, value: value ?? 0 } : row;
}

/**
 * Feedback as events, all of one user if one is named; the refusal of the first that can't be one.
 * `nowMs` is the present, Unix milliseconds.
 */
export function* eventsOf(
  rows: readonly unknown[],
  nowMs: number,
  user?: string,
): Steps<Event[] | Refusal> {
  const own = user === undefined ? {} : { UserId: user };
  const events: Event[] = [];
  for (const [index, row] of rows.entries()) {
    const event = isObject(row)
      ? toFeedbackEvent({ ...(row as SentFeedback), ...own }, nowMs)
      : new Refusal("", "expected an object");
    if (event instanceof Refusal) return inRow(index, event);
    events.push(event);
    if (index % ROWS_A_STEP === 0) yield;
  }
  return events;
}

/** Rows between two pauses. */
const ROWS_A_STEP = 100;

function toFeedbackEvent(feedback: SentFeedback, nowMs: number): Event | Refusal {
  const row = readRow("events", eventRow(feedback), nowMs);
  if (!(row instanceof Refusal)) return toEvent(row, nowMs);
  return row.field === "kind" ? unknownType(feedback.FeedbackType) : inGorsesWords(row, FIELDS);
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
