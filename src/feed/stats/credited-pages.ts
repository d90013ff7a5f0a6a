/** Pages of the served log, person by person, with the outcomes of their posts. */
import type { Store } from "../../data/contract.ts";
import type { PageColumns, ServedLog } from "../../data/served-log.ts";
import type { UserId } from "../../domain/ids.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import { credited, type Outcome } from "./credit.ts";

/** Dependencies of {@link creditedPages}. */
export type PagesDeps = {
  readonly servedLog: () => ServedLog;
  readonly store: Pick<Store, "events" | "ids">;
};

/** One person's pages, oldest first, and the outcomes of each by index; absent where nothing was done. */
export type CreditedPages = {
  readonly pages: readonly PageColumns[];
  readonly outcomes: readonly ReadonlyMap<number, Outcome>[];
};

/** The pages since a time. Memory holds one person's at a time. */
export async function* creditedPages(
  { servedLog, store }: PagesDeps,
  sinceMs: number,
): AsyncIterable<CreditedPages> {
  for await (const { userId, pages } of servedLog().byUser(sinceMs)) {
    const id = userId as UserId;
    const key = (await store.ids.userKeys([id])).get(id);
    const answers = key === undefined ? [] : await store.events.answers(key, sinceMs);
    yield { pages, outcomes: await inSlices(credited(pages, answers)) };
  }
}
