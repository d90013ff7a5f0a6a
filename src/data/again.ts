/**
 * Ids of events that are appended again: after a withdrawal, or with another value, at a time that an
 * event of the same user, post and kind has already claimed. Without an id of its own such an event is
 * a duplicate.
 */
import type { Event } from "../domain/event.ts";
import { signalOf, type SignalName } from "../domain/known-signals.ts";

/** Sorts after whatever follows an {@link againPrefix}. */
export const AGAIN_END = "~";

/** Beginning of the ids of all such events of one kind and post. */
export function againPrefix(kind: SignalName, postId: string): string {
  return `again/${signalOf(kind).code}/${postId}/`;
}

/** The event with an id of its own. */
export function again(event: Event): Event {
  return { ...event, clientId: againPrefix(event.kind, event.postId) + crypto.randomUUID() };
}
