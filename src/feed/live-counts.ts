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
  /** The people with later events, the first to come first. */
  const people = new Map<number, Active>();
  let seq = manifest.source.store?.seq ?? 0;
  let nowMs = asOfMs;
  /** True once a slice was taken, by a read that failed afterwards too. */
  let isChanged = false;

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

  /** Takes a slice whole or, where a read of the log fails, nothing of it: it is read again. */
  async function take(events: Store["events"], { log, userKeys }: EventSlice): Promise<void> {
    const byPerson = Map.groupBy(userKeys.keys(), (n) => userKeys[n]!);
    const newcomers = byPerson.keys().filter((person) => !people.has(person));
    for (const [person, active] of await newlyActive(newcomers, events, seq))
      people.set(person, active);
    for (const [person, own] of byPerson) {
      const active = people.get(person)!;
      addEvents(active, log, own);
      for (const n of own) nowMs = Math.max(nowMs, log.atMs[n]!);
      const entries = entriesOf(active);
      for (const it of tallies.values()) it.put(person, entries, nowMs);
    }
    settleFirst(people, tallies);
  }

  return {
    read: async (events) => {
      seq = Math.max(seq, (await events.lastSeq()) - BEHIND_MAX);
      for (let n = 0; n < SLICES; n++) {
        const slice = await events.since(seq, SLICE);
        await take(events, slice);
        seq = slice.seq;
        if (slice.userKeys.length > 0) isChanged = true;
        if (slice.userKeys.length < SLICE) break;
        await pause();
      }
      const was = isChanged;
      isChanged = false;
      return was;
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

/** People who have done nothing after the snapshot, with what they did up to a seq. */
async function newlyActive(people: Iterable<number>, events: Store["events"], seq: number) {
  const all: [person: number, Active][] = [];
  for (const person of people) {
    const before = await events.before(person as UserKey, seq, BEFORE);
    const times = new Map(before.map((it) => [it.post, it.atMs]));
    const beforeMs = [...times.values()].reverse();
    all.push([person, { beforeMs, knownPosts: new Set(times.keys()), events: [] }]);
  }
  return all;
}

/** Settles the first to come of too many. */
function settleFirst(people: Map<number, Active>, tallies: ReadonlyMap<string, LaterTally>): void {
  for (const person of people.keys().take(Math.max(0, people.size - PEOPLE_MAX))) {
    people.delete(person);
    for (const it of tallies.values()) it.settle(person);
  }
}

/** Adds the events `own` of a log; an erasure leaves none. */
function addEvents({ events }: Active, log: LogColumns, own: readonly number[]): void {
  events.push(...own.map((n) => ({ log, n })));
  events.splice(0, events.length - EVENTS_MAX);
  if (own.some((n) => log.actions[n] === ACTIONS.erased)) events.length = 0;
}

function columnsOf(events: readonly Event[]): LogColumns {
  const out = logColumns(events.length);
  for (const [to, { log, n }] of events.entries())
    for (const name of Object.keys(out) as (keyof LogColumns)[]) out[name][to] = log[name][n]!;
  return out;
}
