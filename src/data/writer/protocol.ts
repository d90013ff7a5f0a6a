/** Messages between the service and the writer thread. */
import type { Event } from "../../domain/event.ts";
import type { Appended, Receipt } from "../contract.ts";

/** A batch of events that is to be appended whole or not at all. */
export type AppendRequest = {
  readonly kind: "append";
  readonly id: number;
  readonly batch: readonly Event[];
  readonly receipt: Receipt;
};

/** To the thread. */
export type WriterRequest =
  | { readonly kind: "open"; readonly storePath: string }
  | AppendRequest
  | { readonly kind: "close" };

/** Outcome of a request: it is durable, or nothing of it is stored. */
export type Outcome =
  | { readonly id: number; readonly appended: Appended }
  | { readonly id: number; readonly fault: string };

/** From the thread: one event for all requests that were committed together. */
export type WriterEvent =
  | { readonly kind: "ready" }
  | { readonly kind: "committed"; readonly outcomes: readonly Outcome[] };
