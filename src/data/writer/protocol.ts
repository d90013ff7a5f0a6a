/** Messages between the service and the writer thread. */
import type { Changed, Write } from "../changes.ts";

/** A change that is to be made whole or not at all. */
export type WriteRequest = { readonly kind: "write"; readonly id: number; readonly write: Write };

/** To the thread. */
export type WriterRequest =
  { readonly kind: "open"; readonly storePath: string } | WriteRequest | { readonly kind: "close" };

/** Outcome of a request: it is durable, or nothing of it is stored. */
export type Outcome =
  | { readonly id: number; readonly changed: Changed }
  | { readonly id: number; readonly fault: string };

/** From the thread: one event for all requests that were committed together. */
export type WriterEvent =
  | { readonly kind: "ready" }
  | { readonly kind: "committed"; readonly outcomes: readonly Outcome[] };
