/** Cache of feed sessions, and the tokens that name them in `next`. */
import { LRUCache } from "lru-cache";
import type { Adjustments, AdjustmentsVersion } from "../domain/adjustments.ts";
import { SLIDER_NAMES } from "../domain/sliders.ts";
import type { Feed } from "../ranking/feed.ts";
import { contestBytes } from "./contest-bytes.ts";
import type { RankInputs } from "../models/contract.ts";

/** Origin of a session: enough to rank it again, and to check that the inputs are the same. */
type SessionOrigin = {
  readonly snapshot: string;
  /** The user's position in the event log, up to which the history was read. */
  readonly position: number;
  /** {@link digestServed} the inputs of ranking, then {@link digestAdjusted}. */
  readonly digest: string;
  /** State of the snapshot, see `ServedSnapshot`. */
  readonly state: string;
  /** Its contests for reserved slots, see `contest-bytes.ts`. */
  readonly held: Buffer;
};

/** A ranked list that is served page by page. */
export type FeedSession = SessionOrigin &
  Pick<Feed, "rows" | "scores" | "foundBy" | "tierStart" | "contests" | "failures"> & {
    /** {@link digestOf} the inputs of ranking, whatever was served before. */
    readonly inputsDigest: string;
    /** The adjustments that it was ranked with; `undefined` for neutral ones. */
    readonly adjusted: AdjustmentsVersion | undefined;
    /** Number of posts in the history. */
    readonly historyLength: number;
    readonly match: readonly string[];
    readonly fallback: readonly string[];
    /** {@link tokenOf} the session. */
    readonly token: string;
  };

/** Facts by which a list is ranked again for its person's query. */
export type RankedFrom = Pick<FeedSession, "position" | "token" | "contests" | "adjusted">;

/** Facts about a list that ranking does not make. */
export type AboutList = Omit<FeedSession, keyof Feed | "held" | "token"> & {
  /** Token of the list that was ranked again. */
  readonly token: string | undefined;
};

/** The session of a list. */
export function sessionOf(list: Feed, about: AboutList, postKeys: Float64Array): FeedSession {
  const held = contestBytes(list.contests, postKeys);
  return { ...list, ...about, held, token: about.token ?? tokenOf({ ...about, held }) };
}

/** Lifetime of a session, milliseconds. */
export const SESSION_MS = 600_000;
/** The clock is read once a second: a finer resolution costs a timer a lookup. */
const LIMITS = { max: 2_000, ttl: SESSION_MS, ttlResolution: 1_000 };

/** Bounded cache of sessions; `query` names the user, category and mood. */
export function sessionCache() {
  const sessions = new LRUCache<string, FeedSession>(LIMITS);
  const newest = new LRUCache<string, string>(LIMITS);
  const key = (query: string, token: string) => `${token} ${query}`;
  return {
    keep: (query: string, session: FeedSession): void => {
      sessions.set(key(query, session.token), session);
      newest.set(query, session.token);
    },
    /** The session with this token. */
    find: (query: string, token: string): FeedSession | undefined =>
      sessions.get(key(query, token)),
    /** Forgets all sessions. */
    clear: (): void => {
      sessions.clear();
      newest.clear();
    },
    /** Token of the newest session of the query. */
    newest: (query: string): string | undefined => newest.get(query),
  };
}

/**
 * Hash of what one snapshot ranks for one request, with the number of posts that have expired: equal digests give equal lists. It differs if the history or
 * profile has changed, or if the encoder is away.
 */
export function digestOf(
  {
    person,
    categoryMask,
    mood,
    excluded,
    sliders,
    steering,
  }: Pick<RankInputs, "person" | "categoryMask" | "mood" | "excluded" | "sliders" | "steering">,
  expired = 0,
) {
  const { seen, rows, confidence, newer, length } = person;
  const { counters = [], vector } = person.profile ?? {};
  const profile = [Float64Array.from(counters), vector];
  let digest: number | bigint = length;
  const moved = sliders && Float64Array.from(SLIDER_NAMES, (it) => sliders[it]);
  const { hidden, pulls = [] } = steering ?? {};
  const pulled = pulls.flatMap(({ about, strength }) => [about, Float64Array.of(strength)]);
  const pullColumns = steering ? [hidden, Uint32Array.of(pulls.length), ...pulled] : [];
  const ofRequest = [categoryMask, mood, excluded, moved, ...pullColumns, Uint32Array.of(expired)];
  for (const column of [seen, rows, confidence, newer, ...profile, ...ofRequest])
    digest = Bun.hash(column ?? "", digest);
  return digest.toString(36);
}

/** Digest of what was digested before, and of the operator's adjustments. */
export const digestAdjusted = (digest: string, adjustments: Adjustments | undefined): string =>
  adjustments === undefined
    ? digest
    : Bun.hash(JSON.stringify(adjustments), BigInt(Bun.hash(digest))).toString(36);

/** Digest of the inputs, and of the posts that a session of the app was served before. */
export const digestServed = (inputsDigest: string, served: Uint32Array): string =>
  Bun.hash(served, BigInt(Bun.hash(inputsDigest))).toString(36);

/** Opaque token of a session. */
export function tokenOf({ snapshot, position, digest, state, held }: SessionOrigin): string {
  const text = Buffer.from(`${snapshot} ${position} ${digest} ${state}`);
  const parts = held.length > 0 ? [text, Buffer.from(" "), held] : [text];
  return Buffer.concat(parts).toString("base64url");
}

/** `undefined` for a token that was not made by {@link tokenOf}. */
export function originOf(token: string): SessionOrigin | undefined {
  const text = Buffer.from(token, "base64url").toString("latin1");
  const [, snapshot, position, digest, state, held = ""] =
    /^([\w-]+) (\d{1,16}) ([\da-z]+) ([\d.]*)(?: (.{4,}))?$/s.exec(text) ?? [];
  if (!snapshot || !position || !digest || state === undefined) return undefined;
  return { snapshot, position: Number(position), digest, state, held: Buffer.from(held, "latin1") };
}
