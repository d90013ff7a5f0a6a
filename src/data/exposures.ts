/** The port of exposures: how often posts were served, and how often that was worth it. */
import type { PostKey } from "../domain/ids.ts";

/** Counts of one post. */
export type Exposure = {
  /** Number of times that it was served. */
  readonly impressions: number;
  /** Number of those after which the person completed it within a day (`domain/completion.ts`). */
  readonly completions: number;
};

/** Counts of some posts that have changed. */
export type ChangedExposures = {
  /** Number of the last of these changes. */
  readonly n: number;
  readonly posts: readonly (Exposure & { readonly post: PostKey })[];
};

/** The counts of a store's posts. They name no person. */
export type Exposures = {
  /**
   * Counts some pages of the served log and some events that no process has counted yet, in a few
   * milliseconds; false if more are left.
   */
  readonly count: () => Promise<boolean>;
  /** Counts that have changed after number `n`; the oldest changes of `most` posts. */
  readonly changedAfter: (n: number, most: number) => Promise<ChangedExposures>;
  /** The sum over all posts. */
  readonly total: () => Promise<Exposure>;
};
