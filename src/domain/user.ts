/** Users. */
import type { UserId } from "./ids.ts";

/** A user, with only the fields that ranking reads. */
export type User = {
  readonly id: UserId;
  readonly username: string;
  readonly bio: string;
  readonly role: string;
  /** "" if none is given. */
  readonly userType: string;
  readonly postCount: number;
  readonly followingCount: number;
  readonly followerCount: number;
  readonly shareCount: number;
  readonly inspiredCount: number;
  /** JSON of the fields as an app sent them; `undefined` for a user of Socialverse. */
  readonly sent?: string;
};
