/** The port of exposures: how often posts were served, and how often that was worth it. */
import type { PostKey } from "../domain/ids.ts";

/** Counts of one post, or of several. */
export type Exposure = {
  /** Number of times that it was served. */
  readonly impressions: number;
  /** Number of those after which the person completed it within a day (`domain/completion.ts`). */
  readonly completions: number;
};

/** Ends of what is counted, and the counts over all posts. */
export type Counted = {
  /** Seq of the last page of the served log. */
  readonly page: number;
  /** Seq of the last event of the log. */
  readonly event: number;
  /** Of a sample of people. */
  readonly all: Exposure;
};

/** Counts of some posts that have changed. */
export type ChangedExposures = {
  /** Number of the last of these changes. */
  readonly n: number;
  readonly posts: readonly (Exposure & { readonly post: PostKey })[];
};

/** The counts of a store's new posts, which its processes share. They name no person. */
export type Exposures = {
  readonly counted: () => Promise<Counted>;
  /** Adds to the counts, unless another process has counted since `before`; false if one has. */
  readonly add: (
    before: Counted,
    after: Counted,
    posts: ReadonlyMap<PostKey, Exposure>,
  ) => Promise<boolean>;
  /** The next changes after number `n`, of `most` posts at most. */
  readonly changedAfter: (n: number, most: number) => Promise<ChangedExposures>;
};
