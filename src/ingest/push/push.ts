/** Rows that apps push: checked, written by the writer thread, and read back. */
import type { Appended } from "../../data/changes.ts";
import type { Store } from "../../data/contract.ts";
import { APP } from "../../data/history.ts";
import type { Writer } from "../../data/writer/client.ts";
import { toEvent } from "../rows/to-domain.ts";
import { checkedRows, type RefusedRows } from "./checked-rows.ts";

/** What apps may push, and read of it. A row that could not be read stands as its {@link Refusal}. */
export type Push = ReturnType<typeof openPush>;

/** What became of posts or users. */
export type Pushed = RefusedRows & {
  readonly accepted: number;
  /** Rows that say what is stored already, or that a later row of the batch replaces. */
  readonly unchanged: number;
};

/** What became of events. */
export type PushedEvents = RefusedRows & Appended;

/** Dependencies of {@link openPush}. */
export type PushDeps = {
  readonly store: () => Pick<Store, "ids" | "posts" | "users" | "events">;
  readonly writer: () => Pick<Writer, "write">;
  readonly nowMs: () => number;
};

/** Opens the service of pushed rows. Its promises resolve when the change is durable. */
export function openPush({ writer, nowMs }: PushDeps) {
  return {
    /** @throws WriterError */
    events: async (rows: readonly unknown[]): Promise<PushedEvents> => {
      const receivedAtMs = nowMs();
      const { good, ...refused } = checkedRows("events", rows, receivedAtMs);
      const batch = good.map((it) => toEvent(it, receivedAtMs));
      const appended =
        batch.length === 0
          ? { accepted: 0, duplicates: 0 }
          : await writer().write("appendEvents", batch, { receivedAtMs, origin: APP });
      return { ...appended, ...refused };
    },
  };
}
