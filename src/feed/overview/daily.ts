/** Tally of the newest events by day and kind, and the last day of each post. Later calls add what came since. */
import type { EventLog } from "../../data/contract.ts";
import type { CountedEvents } from "../../data/log-entries.ts";
import { DAY_MS } from "../../domain/day.ts";
import { pause } from "../../runtime/time-slicing.ts";

/** Newest events that are counted: more would keep a first call waiting for seconds. */
const EVENTS_MOST = 1_000_000;
/** Events counted between two pauses: two milliseconds. */
const EVENTS_A_STEP = 2_000;
/**
 * Days whose people are kept, the newest that have any: 366 can be asked for. Those of the demo end long ago,
 * so that some more leave room for what is tried out on it since.
 */
const DAYS_MOST = 400;

/** Days on which events of a kind happened, and when the newest arrived. */
export type KindTally = {
  /** Events by day, in days since the epoch. */
  readonly byDay: Map<number, number>;
  /** Receipt of the newest event that upstream sent, and of the newest that an app did; 0 for none. */
  syncedMs: number;
  pushedMs: number;
};

/** A tally of events. */
export type DailyTally = {
  /** By the code of the signal. */
  readonly kinds: ReadonlyMap<number, KindTally>;
  /** People who did something, by day; 0 for days that are too old. */
  readonly people: (day: number) => number;
  /** The last day on which something was done to a post, by its key; `undefined` if nothing that is counted was. */
  readonly lastDayOf: (post: number) => number | undefined;
  /** First day whose events are all counted: those before the newest ones are not. */
  readonly sinceDay: number;
};

/** Opens the tally of a log. Calls that overlap wait for the same count. */
export function dailyTally(
  events: Pick<EventLog, "counted" | "lastSeq" | "lastErasure">,
): () => Promise<DailyTally> {
  let tally = emptyTally(0, 0);
  let running: Promise<DailyTally> | undefined;
  async function count(): Promise<DailyTally> {
    const erasure = await events.lastErasure();
    const last = await events.lastSeq();
    const isNew = tally.untilSeq === 0 || erasure !== tally.erasure;
    if (isNew) tally = emptyTally(Math.max(0, last - EVENTS_MOST), erasure);
    while (tally.untilSeq < last) {
      const untilSeq = Math.min(last, tally.untilSeq + EVENTS_A_STEP);
      tally.add(await events.counted(tally.untilSeq, untilSeq));
      tally.untilSeq = untilSeq;
      await pause();
    }
    return tally;
  }
  return () => (running ??= count().finally(() => (running = undefined)));
}

function emptyTally(afterSeq: number, erasure: number) {
  const kinds = new Map<number, KindTally>();
  const active = new Map<number, ReturnType<typeof keySet>>();
  const lastDays = new Map<number, number>();
  return {
    kinds,
    sinceDay: afterSeq === 0 ? -Infinity : Infinity,
    erasure,
    untilSeq: afterSeq,
    people: (day: number) => active.get(day)?.size() ?? 0,
    lastDayOf: (post: number) => lastDays.get(post),
    add({ counts, people, posts }: CountedEvents): void {
      const receivedMs = Math.max(...counts.map((it) => it.newestMs));
      if (this.sinceDay === Infinity && counts.length > 0)
        this.sinceDay = Math.floor(receivedMs / DAY_MS) + 1;
      for (const { day, kind, isUpstream, events, newestMs } of counts) {
        const it = kinds.getOrInsertComputed(kind, () => ({ byDay: new Map(), syncedMs: 0, pushedMs: 0 })); // prettier-ignore
        it.byDay.set(day, (it.byDay.get(day) ?? 0) + events);
        const from = isUpstream ? "syncedMs" : "pushedMs";
        it[from] = Math.max(it[from], newestMs);
      }
      for (const { day, user } of people) active.getOrInsertComputed(day, keySet).add(user);
      for (const { day, post } of posts) lastDays.set(post, Math.max(day, lastDays.get(post) ?? 0));
      while (active.size > DAYS_MOST) active.delete(Math.min(...active.keys()));
    },
  };
}

/** A set of keys as bits: keys are small and dense, and a set of numbers takes two hundred times as much. */
function keySet() {
  let bits = new Uint8Array(64);
  let size = 0;
  return {
    size: () => size,
    add(key: number): void {
      const [byte, bit] = [key >>> 3, 1 << (key & 7)];
      if (byte >= bits.length) {
        const wider = new Uint8Array(2 * byte);
        wider.set(bits);
        bits = wider;
      }
      if ((bits[byte]! & bit) !== 0) return;
      bits[byte]! |= bit;
      size++;
    },
  };
}
