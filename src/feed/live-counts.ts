/** Live counts: popularity and trending follow the event log between training runs, in every process. */
import type { EventSlice, Store } from "../data/contract.ts";
import { ACTIONS, historyFrom, logColumns, type LogColumns } from "../data/history.ts";
import type { UserKey } from "../domain/ids.ts";
import { CONFIDENCE, inUnits, MARKS, preferencesOf } from "../models/confidence.ts";
import { MODELS } from "../models/models.ts";
import { scalesIn } from "../models/person.ts";
import type { LaterEntries, LaterTally } from "../models/popularity/later-tally.ts";
import { pause, type Steps } from "../runtime/time-slicing.ts";
import type { Part } from "../snapshot/columns.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";

/** Events per read, a millisecond of work. */
const SLICE = 25;
/** Most reads of one poll: further events wait for the next. */
const SLICES = 200;
/** Events that a poll may be behind; older ones are left to the next training run. */
const BEHIND_MAX = 100_000;
/** Newest events of a person that tell a new account from a known one and from a busy one. */
const BEFORE = 64;
/** Most events of a person that count until the next training run. */
const EVENTS_MAX = 200;
/** Most people whose events are kept; those of others stay counted as they are. */
const PEOPLE_MAX = 50_000;

/** The counts of one snapshot, and how far they have followed the log. */
export type LiveCounts = {
  /** Reads on; true if anything has changed. */
  readonly read: (events: Store["events"]) => Promise<boolean>;
  /** Seq up to which the log was read. */
  readonly seq: () => number;
  /** The parts that count, by the names of their models. */
  readonly parts: () => Steps<Readonly<Record<string, Part>>>;
};

/** A person with later events. */
type Active = {
  /** Times and keys of posts that they knew before. */
  readonly beforeMs: readonly number[];
  readonly knownPosts: ReadonlySet<number>;
  readonly events: Event[];
};

/** One row of a slice. */
type Event = { readonly log: LogColumns; readonly n: number };

/** Opens the counts of a snapshot and of the posts that come to it. */
export function liveCounts({ manifest, ranker }: ServedSnapshot): LiveCounts {
  const { model, rowOf } = ranker;
  const { asOfMs, confidence } = model.info;
  const params = inUnits(confidence, CONFIDENCE.dislike / confidence.dislike);
  const tallies = new Map<string, LaterTally>();
  for (const { name, later } of MODELS) if (later) tallies.set(name, later(model));
  const settle = (person: number) => tallies.forEach((it) => it.settle(person));
  const people = openPeople(settle);
  let seq = manifest.source.store?.seq ?? 0;
  let nowMs = asOfMs;

  /** A person's later events, summed up as in training. */
  function entriesOf({ events, beforeMs, knownPosts }: Active): LaterEntries {
    const own = preferencesOf(historyFrom(columnsOf(events)), scalesIn(model), asOfMs, params);
    const [rows, confidence, atMs]: [number[], number[], number[]] = [[], [], []];
    for (const [n, key] of own.postKeys.entries()) {
      const row = rowOf(key);
      const isCounted = own.confidence[n] !== 0 && (own.marks[n]! & MARKS.popular) !== 0;
      if (row === undefined || !isCounted || knownPosts.has(key)) continue;
      rows.push(row);
      confidence.push(own.confidence[n]!);
      atMs.push(own.lastAtMs[n]!);
    }
    return { rows, confidence, atMs, beforeMs };
  }

  async function take(events: Store["events"], { log, userKeys }: EventSlice): Promise<void> {
    for (const [person, own] of Map.groupBy(userKeys.keys(), (n) => userKeys[n]!)) {
      const active = await people(person, () => events.before(person as UserKey, seq, BEFORE));
      active.events.push(...own.map((n) => ({ log, n })));
      active.events.splice(0, active.events.length - EVENTS_MAX);
      if (own.some((n) => log.actions[n] === ACTIONS.erased)) active.events.length = 0;
      for (const n of own) nowMs = Math.max(nowMs, log.atMs[n]!);
      const entries = entriesOf(active);
      for (const it of tallies.values()) it.put(person, entries, nowMs);
    }
  }

  return {
    read: async (events) => {
      seq = Math.max(seq, (await events.lastSeq()) - BEHIND_MAX);
      let any = false;
      for (let n = 0; n < SLICES; n++) {
        const slice = await events.since(seq, SLICE);
        await take(events, slice);
        seq = slice.seq;
        if (slice.userKeys.length > 0) any = true;
        if (slice.userKeys.length < SLICE) break;
        await pause();
      }
      return any;
    },
    seq: () => seq,
    *parts() {
      const out: Record<string, Part> = {};
      for (const [name, it] of tallies) {
        out[name] = it.part(nowMs);
        yield;
      }
      return out;
    },
  };
}

/** The people with later events; the first to come is settled where there are too many. */
function openPeople(settle: (person: number) => void) {
  const people = new Map<number, Active>();
  type Before = Awaited<ReturnType<Store["events"]["before"]>>;
  return async (person: number, before: () => Promise<Before>): Promise<Active> => {
    const known = people.get(person);
    if (known !== undefined) return known;
    const times = new Map((await before()).map((it) => [it.post, it.atMs]));
    const beforeMs = [...times.values()].reverse();
    const active = { beforeMs, knownPosts: new Set(times.keys()), events: [] };
    const [first] = people.keys();
    if (people.size >= PEOPLE_MAX) {
      people.delete(first!);
      settle(first!);
    }
    people.set(person, active);
    return active;
  };
}

function columnsOf(events: readonly Event[]): LogColumns {
  const out = logColumns(events.length);
  for (const [to, { log, n }] of events.entries())
    for (const name of Object.keys(out) as (keyof LogColumns)[]) out[name][to] = log[name][n]!;
  return out;
}
