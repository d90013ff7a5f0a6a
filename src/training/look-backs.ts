/**
 * Look-backs: what was known at one past moment after another, and what people who came next liked.
 *
 * They need no trained model, so there are many: all newcomers of a time get one list, which makes each
 * look-back a single observation of it, however many people it holds.
 */
import { DAY_MS } from "../domain/day.ts";
import { HELD_OUT } from "../evaluation/split.ts";
import { vocabulary } from "../linalg/vocabulary.ts";
import { presentConfidence, scalesOf } from "../models/confidence.ts";
import { placeholders } from "../models/placeholders.ts";
import type { Entries } from "../models/popularity/popularity.ts";
import type { Dataset } from "./dataset.ts";
import { flagsOf } from "./fit-model.ts";
import { signalsOf } from "./matrix.ts";

/** Most look-backs, fewest of a large store, and entries of all look-backs together. */
const COUNT = { most: 20, least: 8, entries: 1_200_000 };
/**
 * Shortest and longest time that a look-back asks for, days: a snapshot serves a day, at most a week. Between
 * them, the time of the newest events that a backtest holds out.
 */
const DAYS = { least: 1, most: 7 };
/** Newcomers that a look-back has at least: it asks for a longer time where fewer come. */
const NEWCOMERS = 8;
/** Most people of a look-back, evenly chosen. */
const PEOPLE = 300;

/** A person after the look-back's moment. */
type Comer = {
  /** Rows they had touched before; none for a newcomer. */
  readonly seen: ReadonlySet<number>;
  /** Rows they liked next. */
  readonly positives: ReadonlySet<number>;
};

/** One look-back. */
export type LookBack = {
  readonly asOfMs: number;
  /** Entries from before. */
  readonly entries: Entries;
  /** 1 for rows that could be served then. */
  readonly isEligible: Uint8Array;
  readonly people: readonly Comer[];
};

/** Look-backs, newest first, and the time that each asks for at least. */
type LookBacks = {
  readonly all: readonly LookBack[];
  readonly days: number;
  /** False where too few people come new: then everybody is asked. */
  readonly isOfNewcomers: boolean;
};

/**
 * The look-backs of a dataset; none if its events have no order in time.
 *
 * @param share  Share of the events that a look-back asks for, within {@link DAYS}.
 */
export function lookBacksOf(data: Dataset, share = HELD_OUT): LookBacks {
  const { histories, asOfMs } = data;
  const firstMs = histories.atMs.reduce((min, it) => Math.min(min, it), asOfMs);
  const times = histories.atMs.toSorted();
  const newestMs = asOfMs - (times[Math.floor(times.length * (1 - share))] ?? asOfMs);
  const days = Math.min(DAYS.most, Math.max(DAYS.least, newestMs / DAY_MS));
  const past = pastOf(data);
  const newcomers = walk(past, firstMs, days, true);
  if (newcomers.length >= COUNT.least) return { all: newcomers, days, isOfNewcomers: true };
  return { all: walk(past, firstMs, days, false), days, isOfNewcomers: false };
}

/** The dataset as look-backs cut it. */
type Past = {
  readonly asOfMs: number;
  readonly entries: Entries;
  /** Time of each person's first event. */
  readonly cameMs: Float64Array;
  /** Time from which each row existed, ∞ for one that may not be served. */
  readonly existsMs: Float64Array;
};

function pastOf({ posts, histories, asOfMs }: Dataset): Past {
  const rows = vocabulary(posts.keys);
  const { entries } = signalsOf(histories, rows, scalesOf(histories), asOfMs, presentConfidence());
  const cameMs = Float64Array.from(histories.userKeys, (_, user) => {
    const first = histories.rowStart[user]!;
    return first < histories.rowStart[user + 1]! ? histories.atMs[first]! : Infinity;
  });
  const existsMs = posts.createdAtMs.slice();
  for (const [n, row] of entries.rows.entries())
    existsMs[row] = Math.min(existsMs[row]!, entries.atMs[n]!);
  const [flags, empty] = [flagsOf(posts), placeholders(posts)];
  const sinks = empty.includes(0); // where no post has words, none is below another
  for (let row = 0; row < flags.length; row++)
    if (flags[row] !== 0 || (sinks && empty[row] === 1)) existsMs[row] = Infinity;
  return { asOfMs, entries, cameMs, existsMs };
}

/** Goes back in steps of `days`, longer ones where fewer newcomers than wanted came in one. */
function walk(past: Past, firstMs: number, days: number, isOfNewcomers: boolean): LookBack[] {
  const { entries, cameMs } = past;
  const affordable = Math.floor(COUNT.entries / Math.max(1, entries.rows.length));
  const most = Math.min(COUNT.most, Math.max(COUNT.least, affordable));
  const came = cameMs.toSorted();
  const out: LookBack[] = [];
  for (let endMs = past.asOfMs + 1; out.length < most;) {
    let cutMs = endMs - days * DAY_MS;
    if (isOfNewcomers) {
      const before = came.findLastIndex((it) => it < endMs);
      cutMs = Math.min(cutMs, came[before - NEWCOMERS + 1] ?? -Infinity);
    }
    if (cutMs <= firstMs) break;
    const it = lookBack(past, cutMs, endMs, isOfNewcomers);
    if (it.people.length > 0) out.push(it);
    else if (!isOfNewcomers) break; // what is older has no times
    endMs = cutMs;
  }
  return out;
}

function lookBack(past: Past, cutMs: number, endMs: number, isOfNewcomers: boolean): LookBack {
  const { entries, cameMs, existsMs } = past;
  const isBefore = entries.atMs.map((it) => Number(it < cutMs));
  const kept = <T extends Float32Array | Float64Array | Uint32Array>(column: T) =>
    column.filter((_, n) => isBefore[n] === 1) as T;
  const before = {
    people: kept(entries.people),
    rows: kept(entries.rows),
    confidence: kept(entries.confidence),
    atMs: kept(entries.atMs),
  };
  const asOfMs = before.atMs.reduce((max, it) => Math.max(max, it), -Infinity);
  const isEligible = Uint8Array.from(existsMs, (it) => Number(it < cutMs));
  const people: Comer[] = [];
  for (let from = 0, to = 0; from < entries.rows.length; from = to) {
    const person = entries.people[from]!;
    const [seen, positives] = [new Set<number>(), new Set<number>()];
    for (; entries.people[to] === person; to++) {
      const row = entries.rows[to]!;
      if (isBefore[to] === 1) seen.add(row);
      else if (entries.atMs[to]! < endMs && entries.confidence[to]! > 0 && isEligible[row] === 1)
        positives.add(row);
    }
    if (positives.size > 0 && !(isOfNewcomers && cameMs[person]! < cutMs))
      people.push({ seen, positives });
  }
  const step = Math.max(1, people.length / PEOPLE);
  const some = Array.from({ length: Math.ceil(people.length / step) }, (_, n) => people[Math.floor(n * step)]!); // prettier-ignore
  return { asOfMs, entries: before, isEligible, people: some };
}
