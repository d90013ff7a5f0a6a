/** The port of exposures: how often posts were served, and how often that was worth it. */
import type { PostKey } from "../domain/ids.ts";

/** Counts of one post, or of several. */
export type Exposure = {
  /** Number of times that it was served. */
  readonly impressions: number;
  /** Number of those after which the person completed it within a day (`domain/completion.ts`). */
  readonly completions: number;
};

/** Ends of what is counted: the seq of the last page of the served log, and of the last event. */
export type CountedEnds = { readonly page: number; readonly event: number };

/** Somebody completed a post. */
export type Completion = {
  /** Id of the user, as in the served log. */
  readonly userId: string;
  readonly post: PostKey;
  readonly atMs: number;
};

/** Somebody was served a post. */
export type Showing = Completion & {
  /** True if the post's own counts are kept. */
  readonly isNew: boolean;
  /** True if it counts for posts in general. */
  readonly isSampled: boolean;
};

/** Counts of some posts that have changed. */
type ChangedExposures = {
  /** Number of the last of these changes. */
  readonly n: number;
  readonly posts: readonly (Exposure & { readonly post: PostKey })[];
};

/** The counts of a store's new posts, which its processes share. */
export type Exposures = {
  readonly ends: () => Promise<CountedEnds>;
  /** Counts over all posts, of a sample of pages. */
  readonly all: () => Promise<Exposure>;
  /**
   * Adds what lies between two ends, unless another process has: false then. A completion counts if its user
   * was served the post within the day before and has not completed it since.
   */
  readonly add: (
    before: CountedEnds,
    after: CountedEnds,
    shown: readonly Showing[],
    completed: readonly Completion[],
  ) => Promise<boolean>;
  /** The next changes after number `n`, of `most` posts at most. */
  readonly changedAfter: (n: number, most: number) => Promise<ChangedExposures>;
};
