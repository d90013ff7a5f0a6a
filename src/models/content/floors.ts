/** Floors of meaning: how near a text must come to a post to be about it, learnt from texts that mean nothing. */
import { deviationOf, dotRows, meanOf } from "../../linalg/vector.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** Letters of a run along the keyboard. */
const RUN = 5;
/** Letters of one key held down. */
const HELD = 4;
/** Steps through the alphabet that meet no word: coprime to its length. */
const STRIDES = [5, 7, 9, 11, 15, 17, 19, 21];

/** Texts that mean nothing: runs along the keyboard, keys held down, letters in no order, alone and in pairs. */
export const NONSENSE: readonly string[] = nonsense();

/** The floor where nonsense does not tell it: the demo's, rounded. */
const FLOOR = 0.3;
/** Standard deviations above the mean of nonsense's best: one text of nonsense in a hundred is above. */
const DEVIATIONS = 3.5;
/** Standard deviation of nonsense's similarities with one post, at least; real posts have .04 to .07. */
const SPREAD_MIN = 0.01;

/**
 * The similarity above which a text is about a post `[posts]`: what nonsense has with it on average,
 * and as much more as nonsense hardly ever has with any post of this catalogue, in standard deviations
 * of what it has with this one. Short and odd posts attract whatever is short and odd, and some odd text
 * more than others, so each has a floor of its own.
 *
 * @param embeddings  Unit vectors `[posts × d]`.
 * @param nonsense  Unit vectors of {@link NONSENSE}, or of some of it `[texts × d]`.
 */
export function meaningFloors(
  posts: number,
  embeddings: Float32Array,
  nonsense: Float32Array,
  d: number,
): Float32Array {
  const texts = d > 0 ? nonsense.length / d : 0;
  const similarity = new Float64Array(texts);
  const best = new Float64Array(texts).fill(-Infinity);
  const usual = new Float32Array(posts);
  const spread = new Float32Array(posts);
  for (let row = 0; row < posts; row++) {
    for (let n = 0; n < texts; n++) similarity[n] = dotRows(nonsense, n, embeddings, row, d);
    usual[row] = meanOf(similarity);
    spread[row] = Math.max(SPREAD_MIN, deviationOf(similarity));
    for (let n = 0; n < texts; n++)
      best[n] = Math.max(best[n]!, (similarity[n]! - usual[row]!) / spread[row]!);
  }
  const beyond = meanOf(best) + DEVIATIONS * deviationOf(best);
  const floors = usual.map((it, row) => it + beyond * spread[row]!);
  // An encoder that takes nonsense for anything would let no text mean anything.
  const isTelling = texts > 0 && meanOf(floors) < 1;
  return isTelling ? floors : floors.fill(FLOOR);
}

function nonsense(): string[] {
  const runs = KEYS.flatMap((row) =>
    Array.from({ length: row.length - RUN + 1 }, (_, n) => row.slice(n, n + RUN)),
  );
  const held = Array.from(LETTERS, (letter) => letter.repeat(HELD));
  const mixed = STRIDES.flatMap((stride) =>
    [0, 4, 8, 12, 16, 20, 24].map((from) =>
      Array.from(
        { length: 3 + ((from + stride) % 6) },
        (_, n) => LETTERS[(from + n * stride) % LETTERS.length],
      ).join(""),
    ),
  );
  const pairs = mixed.flatMap((word, n) =>
    n % 2 === 1 ? `${word} ${mixed[(5 * n) % mixed.length]}` : [],
  );
  return [...runs, ...held, ...mixed.filter((_, n) => n % 2 === 0), ...pairs];
}
