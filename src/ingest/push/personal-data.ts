/** Everything that is held about a person, as pieces of one JSON text. */
import type { Store } from "../../data/contract.ts";
import type { LoggedPage, ServedLog } from "../../data/served-log.ts";
import type { PostKey, UserId, UserKey } from "../../domain/ids.ts";
import { UNMOVED } from "../../domain/sliders.ts";
import { FROM_STORE, heldEventJson } from "../rows/from-store.ts";
import { jsonRow } from "../rows/stored.ts";
import { servedNames } from "./served-names.ts";

/** The stores that hold it. */
type Holding = {
  readonly store: Pick<Store, "ids" | "users" | "events" | "steering">;
  /** `undefined`: nothing was shown. */
  readonly servedLog: Pick<ServedLog, "pages"> | undefined;
};

/** Events of one read. */
const SLICE = 1_000;

/** The pieces; `undefined` for somebody of whom nothing is held. */
export async function personalData(
  { store, servedLog }: Holding,
  id: UserId,
): Promise<AsyncIterable<string> | undefined> {
  const stored = await store.users.stored(id);
  const pages = served({ store, servedLog }, id);
  const first = await pages.next();
  if (stored === undefined && first.done === true) return undefined;
  return pieces(async function* () {
    if (stored !== undefined) {
      const { steers, sliders = UNMOVED } = await store.steering.of(stored.key);
      const steering = steers.map(({ way, target, id: about, atMs }) => ({ [way]: { [target]: about }, at: timeOf(atMs) })); // prettier-ignore
      const { sent, facts } = stored;
      if (sent === undefined && facts) yield `"profile":${JSON.stringify(facts)},`;
      yield `"user":${JSON.stringify(jsonRow("users", FROM_STORE.users(stored)))},"settings":${JSON.stringify(sliders)},"steering":${JSON.stringify(steering)},`;
    }
    yield `"events":[`;
    yield* list(stored === undefined ? none() : events(store, stored.key));
    yield `],"served":[`;
    yield* list(first.done === true ? none() : rest(first.value, pages));
    yield `]`;
  });
}

async function* pieces(inner: () => AsyncIterable<string>): AsyncGenerator<string> {
  yield "{";
  yield* inner();
  yield "}";
}

/** Lists of values as the inside of one JSON list. */
async function* list(lists: AsyncIterable<readonly object[]>): AsyncGenerator<string> {
  let comma = "";
  for await (const some of lists) {
    if (some.length === 0) continue;
    yield comma + some.map((it) => JSON.stringify(it)).join();
    comma = ",";
  }
}

async function* none(): AsyncGenerator<readonly object[]> {}

async function* rest<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}

/** Every entry of the log: those that no longer hold, too. */
async function* events({ events }: Pick<Store, "events">, key: UserKey) {
  for (let seq = 0, some; (some = await events.everyOf(key, seq, SLICE)).length > 0;) {
    yield some.map(heldEventJson);
    seq = some.at(-1)!.seq;
  }
}

/** Every page that was shown. */
async function* served({ store, servedLog }: Holding, id: UserId) {
  if (servedLog === undefined) return;
  for (const userId of await servedNames(store.users, id))
    for await (const pages of servedLog.pages({ userId })) {
      const keys = new Set(pages.flatMap((page) => page.slots.map((it) => it.post)));
      const ids = await store.ids.postIds([...keys]);
      if (pages.length > 0) yield pages.map((page) => pageOf(page, ids));
    }
}

function pageOf(page: LoggedPage, ids: ReadonlyMap<PostKey, string>): object {
  const { recommendationId, atMs, session, snapshot, policy, audience, slots } = page;
  return {
    recommendation_id: recommendationId,
    at: timeOf(atMs),
    session,
    ...{ snapshot, policy, audience },
    items: slots.map(({ post, slot, sources, score, probability }) => ({
      id: ids.get(post),
      position: slot,
      ...{ sources, score, probability },
    })),
  };
}

const timeOf = (ms: number) => new Date(ms).toISOString();
