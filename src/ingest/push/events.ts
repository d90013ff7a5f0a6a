/** Events that apps push. */
import { APP } from "../../data/history.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import { toEvent } from "../rows/to-domain.ts";
import type { Writing } from "./change.ts";
import { checkedRows, type RefusedRows } from "./checked-rows.ts";
import { unstoredEvents } from "./unstored.ts";

/** Outcome of pushed events. */
type PushedEvents = RefusedRows & {
  readonly accepted: number;
  /** Events that are stored already. */
  readonly duplicates: number;
};

/** Opens the service of pushed events. */
export function openEvents({ store, writer, nowMs }: Writing) {
  const unstored = unstoredEvents();
  return {
    /** @throws WriterError */
    events: async (rows: readonly unknown[]): Promise<PushedEvents> => {
      const receivedAtMs = nowMs();
      const { good: batch, ...refusals } = await inSlices(
        checkedRows("events", rows, receivedAtMs, (it) => toEvent(it, receivedAtMs)),
      );
      const erasure = await store().events.lastErasure(); // one that comes while they are written erases them, too
      const { accepted, duplicates } =
        batch.length === 0
          ? { accepted: 0, duplicates: [] }
          : await writer().write("appendEvents", batch, { receivedAtMs, origin: APP });
      const { refused } = refusals;
      unstored.add({ rows, refused, batch, duplicates }, { atMs: receivedAtMs, erasure });
      return { accepted, duplicates: duplicates.length, ...refusals };
    },
    /** The newest events that were not stored. */
    unstored,
  };
}
