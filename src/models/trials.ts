/** Trials: new posts that feeds have reserved slots for, and what is known of them so far. */
export type Trials = {
  /** Share of all slots that newcomers get while nothing is known of them, 0 to 1. */
  readonly share: number;
  /** Impressions until which a post is tried out whatever comes of them. */
  readonly promised: number;
  /** Rows of the posts, the most urgent first; the columns below have an entry for each. */
  readonly rows: Uint32Array;
  /** Number of times that the post was served. */
  readonly impressions: Float64Array;
  /** Number of those after which the person watched it through or liked it. */
  readonly completions: Float64Array;
  /** Number of its creator, −1 if unknown. */
  readonly creators: Int32Array;
  /** 1 if its creator is new, too. */
  readonly isByNewCreator: Uint8Array;
  /** Completions per impression of all posts that are not on trial, 0 to 1. */
  readonly completionRate: number;
};
