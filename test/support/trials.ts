/** New posts on trial, by hand: a line a post. */
import type { Trials } from "../../src/models/trials.ts";

/** A post on trial; never served and of no known creator if the line does not say otherwise. */
export type TrialSketch = {
  readonly row: number;
  readonly impressions?: number;
  readonly completions?: number;
  readonly creator?: number;
  readonly isByNewCreator?: boolean;
};

/** Trials of these posts, the first the most urgent; other posts are completed two times of five. */
export function trialsOf(posts: readonly TrialSketch[], share = 0.05, promised = 0): Trials {
  return {
    ...{ share, promised },
    rows: Uint32Array.from(posts, (it) => it.row),
    impressions: Float64Array.from(posts, (it) => it.impressions ?? 0),
    completions: Float64Array.from(posts, (it) => it.completions ?? 0),
    creators: Int32Array.from(posts, (it) => it.creator ?? -1),
    isByNewCreator: Uint8Array.from(posts, (it) => Number(it.isByNewCreator ?? false)),
    completionRate: 0.4,
  };
}
