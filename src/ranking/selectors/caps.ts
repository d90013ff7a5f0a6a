/** Caps: the most posts of one category, and of one creator, on a screen of a person's list. */
import type { Query } from "../query.ts";

/** Posts in a window: about one screen. */
export const WINDOW = 6;
/** Number of posts of one category that are always allowed in a window. With 3, a newcomer's list loses 1 % of nDCG@20 (`quality`, home). */
const CATEGORY_MIN = 4;
/** Number of posts of one creator that are always allowed in a window. With 2, sparse sets lose .5 % of known people's nDCG@20. */
const CREATOR_MIN = 4;
/** Ranks from the top whose categories and creators count as preferences, beside the person's likes. */
const HEAD = 60;
/** Number of likes that count as much as the first {@link HEAD} places. */
const HEAD_LIKES = 5;

/** Caps of one kind of label; entry n of each column is of the post ranked n. */
export type Caps = {
  /** A post's label, from 1; 0 for none. */
  readonly labels: ArrayLike<number>;
  /** The most posts of its label in a window. */
  readonly most: ArrayLike<number>;
  /** Number of labels, with 0. */
  readonly count: number;
};

/** The caps of a list for creators. */
export function creatorCaps(query: Query, ranked: Uint32Array): Caps {
  const { creatorRows, info } = query.model;
  return calibrated(query, ranked, creatorRows, 1 + info.creators.length, CREATOR_MIN);
}

/** The caps of a list for categories; none that holds for who asks for one. */
export function categoryCaps(query: Query, ranked: Uint32Array): Caps {
  const { categoryRows, info } = query.model;
  const min = query.categoryMask === undefined ? CATEGORY_MIN : WINDOW;
  return calibrated(query, ranked, categoryRows, 1 + info.categories.length, min);
}

/**
 * A label's share of the person's preferences, plus one post. Preferences are estimated from the likes and
 * the top of the ranking, for a newcomer from the latter alone. What has no label has no cap.
 *
 * @param labelRows  Label of each row, from 0; −1 for none.
 * @param count  Number of labels, with none.
 * @see Steck, "Calibrated Recommendations" (RecSys 2018): a list should have the shares of the person's preferences.
 */
function calibrated(
  { person, arrays }: Query,
  ranked: Uint32Array,
  labelRows: Int32Array,
  count: number,
  min: number,
): Caps {
  const shares = arrays.floats(count).fill(0);
  let [total, likes] = [0, 0];
  for (let n = 0; n < person.rows.length; n++) {
    const confidence = person.confidence[n]!;
    if (confidence <= 0) continue;
    shares[1 + labelRows[person.rows[n]!]!]! += confidence;
    total += confidence;
    likes++;
  }
  const labels = new Int32Array(ranked.length);
  for (let n = 0; n < ranked.length; n++) labels[n] = 1 + labelRows[ranked[n]!]!;
  const head = Math.min(HEAD, ranked.length);
  const ofHead = likes === 0 ? 1 : (HEAD_LIKES * total) / likes;
  for (let n = 0; n < head; n++) shares[labels[n]!]! += ofHead / head;
  const most = new Uint8Array(ranked.length);
  for (let n = 0; n < most.length; n++) {
    const share = labels[n] === 0 ? 1 : shares[labels[n]!]! / (total + ofHead);
    most[n] = Math.max(min, Math.ceil(WINDOW * share) + 1);
  }
  return { labels, most, count };
}
