/** Replies of the routes about events, as the screen reads them. */
import type { EventFacts } from "../parts/words.ts";
import type { EffectReply, StreamRow } from "../../../render-events.ts";
import type { SignalsReply } from "../../../routes/signals.ts";

/** A row of `GET /events/stream`. */
export type EventRow = Omit<typeof StreamRow.static, "event"> & {
  readonly event: EventFacts & {
    readonly id?: string;
    readonly user?: string;
    readonly post?: string;
  };
};

/** Fate of an event. */
export type Fate = EventRow["fate"];

/** Reply of `GET /events/{seq}/effect`. */
export type Effect = typeof EffectReply.static;

/** Reply of `GET /signals`. */
export type Signals = typeof SignalsReply.static;
