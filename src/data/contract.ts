/**
 * The ports of what is kept: catalogue, log of events, vectors, scans, facts, and the lease of who works.
 *
 * Every call is async, a write is whole or not at all, and nothing is held open between two calls.
 */
import type { Event } from "../domain/event.ts";
import type { Histories, History } from "../domain/history.ts";
import type { UserKey } from "../domain/ids.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Fetch, Recorded, Scans } from "./scans.ts";

/** All that is kept of one catalogue. */
export type Store = Catalogue & {
  readonly events: EventLog;
  readonly embeddings: Embeddings;
  readonly scans: Scans;
  readonly meta: Meta;
  /** The store at this moment; `undefined` if it can't be read. */
  readonly mark: () => Promise<Mark | undefined>;
};

/** A store at a moment. */
export type Mark = {
  /** Tells stores apart: the keys of another one mean other posts. */
  readonly identity: string;
  /** Of the newest event; infinite where newer ones may be missed. */
  readonly seq: number;
};

/** Vectors of texts by the text's hash: a text is never encoded twice by one model. */
export type Embeddings = {
  readonly put: (model: string, rows: readonly Embedded[]) => Promise<void>;
  readonly get: (model: string, hashes: readonly string[]) => Promise<Map<string, Float32Array>>;
  /** The next vectors by ascending hash, after one: a seventh of the time that asking for each takes. */
  readonly after: (model: string, hash: string, count: number) => Promise<Embedded[]>;
};

/** A text's hash and its unit vector. */
export type Embedded = { readonly hash: string; readonly vector: Float32Array };

/** The log of what people did: append-only. A seq is a moment of it. */
export type EventLog = {
  /** Append a batch; durable when this resolves. Users and posts that nobody knows get their keys. */
  readonly append: (batch: readonly Event[], receipt: Receipt) => Promise<Appended>;
  /**
   * Append several batches in one durable write, each whole or not at all: one that can't be stored
   * keeps no other from it.
   */
  readonly appendAll: (
    requests: readonly AppendBatch[],
  ) => Promise<PromiseSettledResult<Appended>[]>;
  /** Append of a batch that a scan of upstream sees what is new or has changed. */
  readonly record: (batch: readonly Event[], fetch: Fetch) => Promise<Recorded>;
  /** Remove all that a user did, wrote and is called; that it was removed stays in the log. */
  readonly erase: (user: UserKey, nowMs: number) => Promise<void>;
  /** A user's history as the log had it at a seq; empty for a user without events. */
  readonly history: (user: UserKey, untilSeq?: number) => Promise<History>;
  /** A user's position: the seq of their newest event; 0 without one. */
  readonly position: (user: UserKey) => Promise<number>;
  /** The seq of the newest event of all; 0 without one. */
  readonly lastSeq: () => Promise<number>;
  /** Everybody's histories as the log had them at a seq, by ascending key of their users. */
  readonly histories: (untilSeq?: number) => Promise<Histories>;
  /**
   * The newest thing done that is later neither than its own receipt nor than `nowMs`, should the
   * clock have been ahead when it was received. `undefined` if there is none.
   */
  readonly asOfMs: (nowMs?: number) => Promise<number | undefined>;
  readonly count: () => Promise<number>;
};

/** When events were received, and from whom. */
export type Receipt = { readonly receivedAtMs: number; readonly origin: string };

/** A batch of events, and when it came. */
export type AppendBatch = { readonly batch: readonly Event[]; readonly receipt: Receipt };

/** What became of a batch of events. */
export type Appended = { readonly accepted: number; readonly duplicates: number };

/** Facts about the store itself. */
export type Meta = {
  /** How training was tuned to this store, as JSON; `undefined` before it was. */
  readonly tuning: () => Promise<string | undefined>;
  readonly keepTuning: (json: string) => Promise<void>;
  /** The upstream that fills this store; `undefined` before the first one has. */
  readonly filledFrom: () => Promise<string | undefined>;
  /**
   * Remember which upstream fills this store, without its URL's user and password, which may change:
   * to be called when it has sent its first rows.
   *
   * @throws Error if another one did before: two catalogues must not mix.
   */
  readonly claimFor: (baseUrl: string) => Promise<void>;
  /** @throws Error if another upstream fills this store. */
  readonly checkIsFor: (baseUrl: string) => Promise<void>;
  /** From now on another upstream fills this store. */
  readonly moveTo: (baseUrl: string) => Promise<void>;
};

/** One process at a time syncs and learns: the one that holds the lease, until it gives it back or dies. */
export type Lease = {
  /**
   * Try to take it; never waits. Of several that try at once exactly one gets it.
   *
   * @param who  Shown to those who come later, such as "vidrec serve (process 4711)".
   * @throws LeaseError
   */
  readonly take: (who: string) => Promise<Held | HeldBy>;
  /** Who has it at the moment; `undefined` if nobody does. */
  readonly holder: () => Promise<string | undefined>;
};

/** The lease is ours. */
export type Held = { readonly release: () => Promise<void> };

/** Another process has it. */
export type HeldBy = { readonly heldBy: string };
