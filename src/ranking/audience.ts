/** Audiences: groups of people by the length of their history. */

/** Cold: no post in the history. Cool: 1 to 4 posts. Warm: 5 or more. */
export const AUDIENCES = ["cold", "cool", "warm"] as const;

/** An audience. */
export type Audience = (typeof AUDIENCES)[number];

/** The audience of a person with `historyLength` posts in their history. */
export function audienceOf(historyLength: number): Audience {
  return historyLength === 0 ? "cold" : historyLength < 5 ? "cool" : "warm";
}
