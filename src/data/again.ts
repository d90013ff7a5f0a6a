/**
 * Events that are appended again: after a withdrawal, or with another value, at a time that an event of
 * the same user, post and kind has already claimed. Without an id of its own such an event is a duplicate.
 */
import type { Event } from "../domain/event.ts";

/** The event with an id of its own. */
export function again(event: Event): Event {
  return { ...event, clientId: `again/${crypto.randomUUID()}` };
}
