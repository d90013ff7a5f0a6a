/** The port of steering: what people have asked their feeds for. */
import type { UserKey } from "../domain/ids.ts";
import type { Steering } from "../domain/steering.ts";

/** Steering of people. What is about a post is an event, and in the log. */
export type Steerings = {
  /**
   * A person's requests up to a seq that they have not taken back since. Every change is an entry of the log,
   * so that their position tells of it; it says nothing of what was replaced after `untilSeq`.
   */
  readonly of: (user: UserKey, untilSeq?: number) => Promise<Steering>;
  /** The number of people who hide a creator. */
  readonly hiddenBy: (creator: string) => Promise<number>;
};
