/** A client of the stand-in that loses no time, and a clock that stands where it is put. */
import { openStore } from "../../src/data/sqlite/open.ts";
import { openClient, type ClientOptions } from "../../src/ingest/socialverse/client.ts";
import type { SyncRequest } from "../../src/ingest/socialverse/scan.ts";
import { syncAll, type SyncReport } from "../../src/ingest/socialverse/sync.ts";
import { TOKEN, type StandIn } from "./socialverse.ts";

/** A client of `standIn`, over its socket if it has one; pauses are as short as they get. */
export function clientOf(
  standIn: StandIn & { readonly url?: string },
  over: Partial<ClientOptions> = {},
) {
  return openClient({
    baseUrl: standIn.url ?? "http://stand-in.test",
    token: TOKEN,
    resonanceAlgorithm: "any",
    pauseMs: 1,
    ...(standIn.url === undefined ? { fetch: standIn.fetch } : {}),
    ...over,
  });
}

/** A day of the tests' calendar, at noon. */
export function noon(day: number): number {
  return Date.UTC(2025, 5, day, 12);
}

/** A store that is filled from `standIn`, a run at a time. */
export function syncing(standIn: StandIn & { readonly url?: string }, path = ":memory:") {
  const store = openStore(path);
  const sync = (nowMs: number, wishes: boolean | SyncRequest = {}): Promise<SyncReport> =>
    syncAll({
      client: clientOf(standIn),
      store,
      nowMs: () => nowMs,
      ...(typeof wishes === "boolean" ? { force: wishes } : wishes),
    });
  return { store, sync, [Symbol.dispose]: () => store.close() };
}

/** {@link syncing}, after a first run on day 1. */
export async function synced(standIn: StandIn) {
  const it = syncing(standIn);
  await it.sync(noon(1));
  return it;
}
