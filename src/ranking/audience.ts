/** How much is known of a person. */

/** Cold = no stored interaction, cool = 1 to 4 posts, warm = 5 or more. */
export const AUDIENCES = ["cold", "cool", "warm"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The audience that somebody with `historyLength` posts belongs to. */
export function audienceOf(historyLength: number): Audience {
  return historyLength === 0 ? "cold" : historyLength < 5 ? "cool" : "warm";
}
