/**
 * The ports of the store: catalogue, event log, steering, embeddings, scans, runs, meta, keys, lease.
 *
 * Every call is async, every write is atomic, and no transaction spans two calls.
 */
import type { AdjustmentsVersion } from "../domain/adjustments.ts";
import type { ApiKey } from "../domain/api-key.ts";
import type { Event, StoreMark } from "../domain/event.ts";
import type { Histories, History } from "../domain/history.ts";
import type { PostKey, UserKey } from "../domain/ids.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Changed, Write } from "./changes.ts";
import type {
  CountedEvents,
  CurrentEvent,
  CurrentFilter,
  ExportedEvent,
  HeldEvent,
} from "./log-entries.ts";
import type { LogColumns } from "./history.ts";
import type { Fetch, Recorded, Scans } from "./scans.ts";
import type { Runs } from "./runs.ts";
import type { Steerings } from "./steering.ts";

/** A store. */
export type Store = Catalogue & {
  readonly events: EventLog;
  readonly embeddings: Embeddings;
  readonly steering: Steerings;
  readonly scans: Scans;
  readonly runs: Runs;
  readonly meta: Meta;
  readonly keys: ApiKeys;
  /** Makes several changes in one durable write. Each is atomic: a bad one is rejected alone. */
  readonly changeAll: (writes: readonly Write[]) => Promise<PromiseSettledResult<Changed>[]>;
  /** The store's identity and newest seq; `undefined` if it can't be read. */
  readonly mark: () => Promise<StoreMark | undefined>;
};

/** Vectors by model and hash of the text. One goes when the last post or user with its text does. */
export type Embeddings = {
  /** With `isOfStored`, those that no post or user has any more are left out: their text has changed or was erased. */
  readonly put: (model: string, rows: readonly Embedded[], isOfStored?: boolean) => Promise<void>;
  readonly get: (model: string, hashes: readonly string[]) => Promise<Map<string, Float32Array>>;
  /** The next vectors by ascending hash. Reading all takes a seventh of the time of {@link get}. */
  readonly after: (model: string, hash: string, count: number) => Promise<Embedded[]>;
};

/** A text's hash and its unit vector. */
export type Embedded = { readonly hash: string; readonly vector: Float32Array };

/** The append-only log of events. Its seq is the clock of caches and snapshots. */
export type EventLog = {
  /** Appends the new and changed events of a batch that a scan has read. */
  readonly record: (batch: readonly Event[], fetch: Fetch) => Promise<Recorded>;
  /** A user's history as of a seq; empty for a user without events. */
  readonly history: (user: UserKey, untilSeq?: number) => Promise<History>;
  /** A user's history with the events that say nothing about them, such as impressions. */
  readonly wholeHistory: (user: UserKey) => Promise<History>;
  /** A user's events since a time, oldest first, that posts which they were shown may have led to. */
  readonly answers: (user: UserKey, sinceMs: number) => Promise<readonly Answer[]>;
  /** A user's position: the seq of their newest event; 0 without one. */
  readonly position: (user: UserKey) => Promise<number>;
  /** The seq of the newest event of all; 0 without one. */
  readonly lastSeq: () => Promise<number>;
  /** The next events of everybody after a seq that tell something, `count` at most. */
  readonly since: (seq: number, count: number) => Promise<EventSlice>;
  /** A user's newest events up to a seq, the newest first: the post and the time of each. */
  readonly before: (
    user: UserKey,
    seq: number,
    count: number,
  ) => Promise<readonly { readonly post: number; readonly atMs: number }[]>;
  /** The seq of the newest erasure of a user; 0 without one. */
  readonly lastErasure: () => Promise<number>;
  /** All histories as of a seq, by ascending user key. */
  readonly histories: (untilSeq?: number) => Promise<Histories>;
  /**
   * The newest claimed time that is later neither than its receipt nor than `nowMs` (a clock may have
   * been ahead at receipt). `undefined` if there is none.
   */
  readonly asOfMs: (nowMs?: number) => Promise<number | undefined>;
  /** The number of events about posts, of all or after one seq up to another: steering and erasures are none. */
  readonly count: (afterSeq?: number, untilSeq?: number) => Promise<number>;
  /** The number of events whose post the store does not hold. */
  readonly countWithoutPost: () => Promise<number>;
  /** Counts what was done after one seq up to another, by day; keep the span small. */
  readonly counted: (afterSeq: number, untilSeq: number) => Promise<CountedEvents>;
  /**
   * A user's events for an export, in log order: those of their history; of one that was taken back
   * also what took it back, or neither where a row can't say that.
   */
  readonly exported: (user: UserKey) => Promise<ExportedEvent[]>;
  /** The next `count` events of a user after a seq, those that no longer hold too. */
  readonly everyOf: (user: UserKey, seq: number, count: number) => Promise<HeldEvent[]>;
  /** The next `count` events of everybody after a seq, those that no longer hold too. */
  readonly every: (seq: number, count: number) => Promise<HeldEvent[]>;
  /**
   * The events that hold now, in log order, some at a time with pauses between: those that were neither
   * withdrawn nor replaced. What adds up, such as views, holds each time.
   */
  readonly current: (filter: CurrentFilter) => AsyncIterable<readonly CurrentEvent[]>;
};

/** Some events in log order; entry n of `userKeys` is the user of event n. */
export type EventSlice = {
  readonly log: LogColumns;
  readonly userKeys: Float64Array;
  /** Seq up to which the log was read. */
  readonly seq: number;
};

/** An event as an answer to posts that were shown. */
export type Answer = {
  readonly post: PostKey;
  /** Code of its signal. */
  readonly kind: number;
  /** Never later than the receipt, Unix epoch milliseconds. */
  readonly atMs: number;
  readonly watchedMs: number | null;
  readonly durationMs: number | null;
  readonly recommendationId: string | null;
};

/** Stands for an upstream in a store that none fills. */
export const OWN_DATA = "an app's own data";

/** Settings and facts of the store. */
export type Meta = {
  /** Tuned training settings as JSON; `undefined` for an untuned store. */
  readonly tuning: () => Promise<string | undefined>;
  readonly keepTuning: (json: string) => Promise<void>;
  /** The operator's adjustments, oldest version first; the last one is in force. */
  readonly adjustments: () => Promise<readonly AdjustmentsVersion[]>;
  /** The number of times that a post was new, changed, withdrawn or removed: it only grows. */
  readonly postChanges: () => Promise<number>;
  /** The upstream that fills this store; `undefined` before the first one has. */
  readonly filledFrom: () => Promise<string | undefined>;
  /**
   * Stores the upstream's URL without user and password, which may change. Called with its first rows.
   *
   * @throws Error if another upstream fills this store: two catalogues must not mix.
   */
  readonly claimFor: (baseUrl: string) => Promise<void>;
  /** @throws Error if another upstream fills this store. */
  readonly checkIsFor: (baseUrl: string) => Promise<void>;
  /** Makes another upstream the one that fills this store. */
  readonly moveTo: (baseUrl: string) => Promise<void>;
};

/** Keys of apps, stored as hashes (`domain/api-key.ts`). Every call reads the store: a change counts at once. */
export type ApiKeys = {
  /** False, and nothing is added, if another key has the name. */
  readonly add: (key: ApiKey, hash: string) => Promise<boolean>;
  /** All keys by name. */
  readonly list: () => Promise<ApiKey[]>;
  /** False if no key has the name. */
  readonly revoke: (name: string) => Promise<boolean>;
  readonly any: () => Promise<boolean>;
  /** The key of a name, and its hash. */
  readonly named: (name: string) => Promise<{ readonly key: ApiKey; readonly hash: string } | undefined>; // prettier-ignore
  /** The key with this hash, compared in constant time. */
  readonly find: (hash: string) => Promise<ApiKey | undefined>;
};

/** The lease for syncing and learning: one process holds it, until it releases it or dies. */
export type Lease = {
  /**
   * Tries to take the lease without waiting. Of several processes that try at once, one gets it.
   *
   * @param who  Shown to other processes, such as "vidrec serve (process 4711)".
   * @throws LeaseError
   */
  readonly take: (who: string) => Promise<Held | HeldBy>;
  /** The current holder; `undefined` if the lease is free. */
  readonly holder: () => Promise<string | undefined>;
};

/** The lease, held by this process. */
export type Held = { readonly release: () => Promise<void> };

/** The lease, held by another process. */
export type HeldBy = { readonly heldBy: string };
