/** The port of the served log: what was shown to whom, where, by which source and with which probability. */
import type { PostKey } from "../domain/ids.ts";
import type { Exposures } from "./exposures.ts";

/** A page of a reply. */
export type ServedPage = {
  /** Unique; events may name it. */
  readonly recommendationId: string;
  /** Time of the reply, Unix epoch milliseconds. */
  readonly atMs: number;
  /** Id of the user; of one that nobody knows, the text that the client sent. */
  readonly userId: string;
  /** Session of the app; `undefined` for a reply outside of one. */
  readonly session?: string | undefined;
  /** Token of the list that the request went on in, or that it started. */
  readonly list: string;
  /** The place in that list at which the page begins. */
  readonly from: number;
  /** Cursor of the next page; `undefined` after the last one, and for pages that are asked for by number. */
  readonly next?: string | undefined;
  /** Id of the snapshot that ranked the page. */
  readonly snapshot: string;
  /** Name of how it was ranked. */
  readonly policy: string;
  /** Audience of the user: cold, cool or warm. */
  readonly audience: string;
  /** Kinds of match of the category and mood, as the reply's `meta.match`. */
  readonly match: readonly string[];
  /** Names of what filled the page up or failed, as the reply's `meta.fallback`. */
  readonly fallback: readonly string[];
  /** In the order of the reply; their positions follow on one another. */
  readonly slots: readonly ServedSlot[];
};

/** A post of a page. */
export type ServedSlot = {
  readonly post: PostKey;
  /** Names of the sources that found it; of one that no source found, `tier:` and the name of its tier. */
  readonly sources: readonly string[];
  readonly score: number;
  /** The chance that the policy gave this post this place, 0 to 1; 1 where nothing was drawn. */
  readonly probability: number;
  /** Position in the list, from 1; goes on over pages. */
  readonly slot: number;
};

/** A page in the log, and its seq: a number that grows with every page. */
export type LoggedPage = ServedPage & { readonly seq: number };

/** Filter of pages. */
export type ServedFilter = {
  /** Default 0: from the oldest on. */
  readonly sinceMs?: number;
  readonly userId?: string;
};

/** A page as columns: entry n of each is of the slot with position `first` + n. */
export type PageColumns = Pick<ServedPage, "recommendationId" | "atMs" | "policy" | "audience"> & {
  readonly first: number;
  /** Keys of the posts. */
  readonly posts: Uint32Array;
  readonly sources: readonly ServedSlot["sources"][];
};

/** All pages of one user, oldest first. */
export type UserPages = { readonly userId: string; readonly pages: readonly PageColumns[] };

/** The served log. Several processes write to it. */
export type ServedLog = {
  /** Logs a page within {@link BUFFER_MS}. A failure is told to the operator, not to the caller. */
  readonly append: (page: ServedPage) => void;
  /**
   * Logs a page of a session, durably for every process, unless the session has a page after seq `after`.
   * Resolves with the page's seq; with `undefined` if it was not logged; with `after` if its user was erased since.
   */
  readonly claim: (page: ServedPage, after: number) => Promise<number | undefined>;
  /** The pages of a user's session after a seq, oldest first, some at a time with pauses between. */
  readonly ofSession: (
    userId: string,
    session: string,
    after: number,
  ) => AsyncIterable<readonly LoggedPage[]>;
  readonly page: (seq: number) => Promise<LoggedPage | undefined>;
  /** The next `count` pages after a seq, everybody's. */
  readonly after: (seq: number, count: number) => Promise<LoggedPage[]>;
  /** The `count` pages before a seq, everybody's, the newest first. */
  readonly before: (seq: number, count: number) => Promise<LoggedPage[]>;
  /** Counts of what was served. */
  readonly exposures: Exposures;
  /** Pages, oldest first, some at a time with pauses between. */
  readonly pages: (filter?: ServedFilter) => AsyncIterable<readonly LoggedPage[]>;
  /** Everybody's pages since a time, one user after the other, with pauses between. */
  readonly byUser: (sinceMs: number) => AsyncIterable<UserPages>;
  /** Deletes a user's pages, also those up to `nowMs` that a process still holds; false if none are written. */
  readonly eraseUser: (userId: string, nowMs: number) => Promise<boolean>;
  /** Grows when pages are deleted that a session may still remember. */
  readonly erasures: () => Promise<number>;
  /** Resolves when every page so far is logged. */
  readonly flush: () => Promise<void>;
  readonly close: () => void;
};

/** Longest time that a page waits in memory, milliseconds: a transaction for each reply would cost more than the page. */
export const BUFFER_MS = 100;
