/** Askers: people who asked for a page last, then those of the newest events. */
import type { Store } from "../data/contract.ts";
import type { ServedLog } from "../data/served-log.ts";
import type { UserId, UserKey } from "../domain/ids.ts";
import { pause } from "../runtime/time-slicing.ts";

/** Pages, and events, per read, which takes about a millisecond. */
const PAGES = 50;
const EVENTS = 25;
/** Most reads of each kind. */
const READS_MAX = 100;

/** Names by which people asked, each once. */
export type Askers = {
  readonly names: readonly string[];
  /** Number of them who asked for a page; the others did something else last. */
  readonly logged: number;
};

/**
 * Up to `count` people who were served a first page without category and mood, which the served log does not
 * keep. Where the log has too few, the people of the newest events follow.
 */
export async function newestAskers(
  log: Pick<ServedLog, "before" | "flush">,
  store: Pick<Store, "events" | "ids">,
  count: number,
): Promise<Askers> {
  const names = new Set<string>();
  await log.flush();
  let seq = Number.MAX_SAFE_INTEGER;
  for (let read = 0; read < READS_MAX && names.size < count; read++) {
    const pages = await log.before(seq, PAGES);
    for (const it of pages)
      if (it.from === 0 && it.match.length === 0 && names.size < count) names.add(it.userId);
    if (pages.length < PAGES) break;
    seq = pages.at(-1)!.seq;
    await pause();
  }
  const logged = names.size;
  let until = await store.events.lastSeq();
  for (let read = 0; read < READS_MAX && until > 0 && names.size < count; read++) {
    const from = Math.max(0, until - EVENTS);
    for (const id of await idsBetween(store, from, until)) if (names.size < count) names.add(id);
    until = from;
    await pause();
  }
  return { names: [...names], logged };
}

/** The people of the events after one seq up to another, the newest first. */
async function idsBetween(
  { events, ids }: Pick<Store, "events" | "ids">,
  from: number,
  until: number,
): Promise<UserId[]> {
  const { userKeys } = await events.since(from, until - from);
  const keys = [...new Set(userKeys)].reverse() as UserKey[];
  const known = await ids.userIds(keys);
  return keys.flatMap((key) => known.get(key) ?? []);
}
