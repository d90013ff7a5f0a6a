/** List inputs: everything that a list is ranked from, with a digest and the seed of its draws. */
import type { AdjustmentsVersion } from "../domain/adjustments.ts";
import type { PostKey } from "../domain/ids.ts";
import { expiredRows } from "../ranking/expiry.ts";
import type { FeedInputs } from "../ranking/feed.ts";
import type { FeedRequest } from "./contract.ts";
import type { IntentReader } from "./intent.ts";
import type { NewPosts } from "./new-posts.ts";
import type { pullReader } from "./pulls.ts";
import type { ServedPosts } from "./served-sessions.ts";
import { digestAdjusted, digestOf, digestServed, type AboutList } from "./session-cache.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";
import type { RequestUser, UserState, userStateCache } from "./user-state-cache.ts";

/** A request for a list, and the user who makes it. */
export type SessionRequest = RequestUser &
  Pick<FeedRequest, "username" | "projectCode" | "mood" | "page" | "list"> & {
    readonly excluded?: readonly PostKey[];
    /** Session of the app, whose posts do not come again. */
    readonly session?: string | undefined;
    readonly served?: ServedPosts | undefined;
  };

/** A list that is still to be ranked. */
export type Prepared = {
  readonly inputs: FeedInputs;
  /** Session without the ranked rows. */
  readonly about: AboutList;
};

/** Number of posts that are ranked. */
export const LIST_DEPTH = 1_000;

/** The bits of a hash that seed draws. */
const SEED_BITS = 0xffff_ffffn;

/** Key of a query in the cache of sessions. */
export function queryText(request: SessionRequest): string {
  const { user, username, projectCode, mood, excluded, session } = request;
  return JSON.stringify([user?.key ?? username, projectCode, mood, excluded, session]);
}

type PrepareOptions = {
  /** Digest of the inputs of a list that may go on. */
  readonly known?: string | undefined;
  /** Token of the list that is ranked again: later posts and counts may move single posts of it. */
  readonly token?: string;
  readonly adjusted?: AdjustmentsVersion | undefined;
};

/**
 * Prepares the inputs of ranking for a person known up to a position; `undefined` if they are the `known` ones,
 * whatever was served since.
 */
export function preparer(
  intents: IntentReader,
  pullsOf: ReturnType<typeof pullReader>,
  newPosts: NewPosts,
) {
  return async (
    { id, ranker, ranker: { model, rowOf }, nearest, state }: ServedSnapshot,
    request: SessionRequest,
    { person, steering: said }: UserState,
    position: number,
    options: PrepareOptions = {},
  ): Promise<Prepared | undefined> => {
    const [category, mood, steering] = await Promise.all([
      intents.category(model, request.projectCode),
      intents.mood(model, request.mood),
      pullsOf(said, { ranker, nearest }, request.nowMs),
    ]);
    const { nowMs, excluded = [], served = [] } = request;
    const rowsOf = (keys: Iterable<PostKey>) => {
      const rows: number[] = [];
      for (const key of keys) rows.push(rowOf(key) ?? -1);
      return Uint32Array.from(rows.filter((row) => row >= 0));
    };
    const asking = {
      person,
      categoryMask: category.categoryMask,
      mood: mood.vector,
      limit: LIST_DEPTH,
      nowMs,
      excluded: rowsOf(excluded).sort(),
      steering,
      sliders: said?.sliders,
    };
    const { adjusted } = options;
    const plainDigest = digestOf(asking, expiredRows(model, nowMs).length);
    const inputsDigest = digestAdjusted(plainDigest, adjusted?.factors);
    if (inputsDigest === options.known) return undefined;
    const inputs = { ...asking, served: rowsOf(served), adjustments: adjusted?.factors };
    const origin = { snapshot: id, position, digest: digestServed(plainDigest, inputs.served) };
    // Adjustments change no draw: lists before and after differ by them alone.
    const drawn = JSON.stringify([queryText(request), origin]);
    const seed = Number(Bun.hash(drawn) & SEED_BITS);
    // What strangers are shown is not logged, so nothing is tried out on them.
    const isTrying = request.history === undefined && options.token === undefined;
    return {
      inputs: { ...inputs, seed, trials: isTrying ? newPosts.trials(model, nowMs) : undefined },
      about: {
        ...origin,
        digest: digestAdjusted(origin.digest, adjusted?.factors),
        ...{ state, inputsDigest, adjusted, token: options.token, historyLength: person.length },
        match: [...category.match, ...mood.match],
        fallback: [...category.fallback, ...mood.fallback],
      },
    };
  };
}

/** Opens the inputs of first pages that are ranked for nobody: no list of them is kept. */
export const firstInputs =
  (prepare: ReturnType<typeof preparer>, { known }: ReturnType<typeof userStateCache>) =>
  async (snapshot: ServedSnapshot, request: SessionRequest): Promise<FeedInputs> => {
    const state = await known(snapshot, request);
    return (await prepare(snapshot, request, state, request.position))!.inputs;
  };
