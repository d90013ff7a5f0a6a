/** Caps: the most posts of one category, and of one creator, on a screen of a person's list. */
import { DECAY_MIN } from "../../models/person.ts";
import type { Query } from "../query.ts";

/** Posts in a window: about one screen. */
export const WINDOW = 6;
/** The caps of one kind of label. */
type Kind = {
  /** Number of posts of one label that are always allowed in a window. */
  readonly min: number;
  /** Share of a like's confidence that is left for each newer one. */
  readonly decay: number;
};
/** With 3, a newcomer's list loses 1 % of nDCG@20 (`quality`, home). */
const CATEGORY: Kind = { min: 4, decay: 1 };
/** People stay with the creator of a post they just liked: without decay, sparse sets lose .4 % of known people's nDCG@20. */
const CREATOR: Kind = { min: 3, decay: 0.7 };
/** No cap where a category is requested: its posts are as many as there are. */
const ASKED: Kind = { ...CATEGORY, min: WINDOW };
/** Ranks from the top whose categories and creators count as preferences, beside the person's likes. */
const HEAD = 60;
/** Largest error of a share's sum in 32 bits, in posts of a window. */
const ROUNDING = 1e-4;
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
  return calibrated(query, ranked, creatorRows, 1 + info.creators.length, CREATOR);
}

/** The caps of a list for categories; none that holds for who asks for one. */
export function categoryCaps(query: Query, ranked: Uint32Array): Caps {
  const { categoryRows, info } = query.model;
  const kind = query.categoryMask === undefined ? CATEGORY : ASKED;
  return calibrated(query, ranked, categoryRows, 1 + info.categories.length, kind);
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
  { min, decay }: Kind,
): Caps {
  const shares = arrays.floats(count).fill(0);
  let [total, likes] = [0, 0];
  for (let n = 0; n < person.rows.length; n++) {
    if (person.confidence[n]! <= 0) continue;
    const confidence = person.confidence[n]! * Math.max(decay ** person.newer[n]!, DECAY_MIN);
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
    most[n] = Math.max(min, Math.ceil(WINDOW * share - ROUNDING) + 1);
  }
  return { labels, most, count };
}
