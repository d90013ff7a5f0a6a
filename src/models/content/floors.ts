/** Floors of meaning: the similarity that a text must have with a post to be about it, learnt from nonsense texts. */
import { hasVector } from "../../index/exact.ts";
import { deviationOf, dotRows, meanOf } from "../../linalg/vector.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** Letters of a run along the keyboard. */
const RUN = 5;
/** Letters of a key that is held down. */
const HELD = 4;
/** Steps through the alphabet that spell no word: coprime to its length. */
const STRIDES = [5, 7, 9, 11, 15, 17, 19, 21];

/** Texts without meaning: runs along the keyboard, keys held down, unordered letters, one or two words each. */
export const NONSENSE: readonly string[] = nonsense();

/** The floor if it can't be learnt: the demo's, rounded. */
const FLOOR = 0.3;
/** Distance of the floor from the mean of nonsense's best scores, in standard deviations: one nonsense text in a hundred is above. */
const DEVIATIONS = 3.5;
/** Smallest standard deviation of nonsense's similarities with one post; real posts have .04 to .07. */
const DEVIATION_MIN = 0.01;

/**
 * The similarity above which a text is about a post `[posts]`: the mean similarity of nonsense with this
 * post, plus a number of its standard deviations that nonsense hardly ever exceeds with any post of
 * the catalogue. Each post has its own floor, since short and odd posts are similar to all short and odd
 * texts.
 *
 * @param embeddings  Unit vectors `[posts × d]`.
 * @param nonsense  Unit vectors of all or some texts of {@link NONSENSE} `[texts × d]`.
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
  const means = new Float32Array(posts);
  const deviations = new Float32Array(posts);
  for (let row = 0; row < posts; row++) {
    for (let n = 0; n < texts; n++) similarity[n] = dotRows(nonsense, n, embeddings, row, d);
    means[row] = meanOf(similarity);
    deviations[row] = Math.max(DEVIATION_MIN, deviationOf(similarity));
    for (let n = 0; n < texts; n++)
      best[n] = Math.max(best[n]!, (similarity[n]! - means[row]!) / deviations[row]!);
  }
  const beyond = meanOf(best) + DEVIATIONS * deviationOf(best);
  const floors = means.map((it, row) => it + beyond * deviations[row]!);
  // An encoder for which nonsense is similar to everything would have floors that no text reaches.
  const isTelling = texts > 0 && meanOf(floors) < 1;
  return isTelling ? floors : floors.fill(FLOOR);
}

/**
 * Floors of rows that came later, by what nonsense exceeds in the others: their distance from the mean in
 * standard deviations is the same for all rows.
 */
export function fillFloors(
  floors: Float32Array,
  embeddings: Float32Array,
  rows: Uint32Array,
  nonsense: Float32Array,
  d: number,
): void {
  const at = floors.findIndex(
    (it, row) => it !== 0 && !rows.includes(row) && hasVector(embeddings, row, d),
  );
  const statisticsOf = (row: number) => {
    const texts = Float64Array.from({ length: d > 0 ? nonsense.length / d : 0 }, (_, n) =>
      dotRows(nonsense, n, embeddings, row, d),
    );
    return { mean: meanOf(texts), deviation: Math.max(DEVIATION_MIN, deviationOf(texts)) };
  };
  const isLearnt = at >= 0 && nonsense.length > 0 && floors[at] !== Math.fround(FLOOR);
  const known = isLearnt ? statisticsOf(at) : undefined;
  const beyond = known && (floors[at]! - known.mean) / known.deviation;
  for (const row of rows) {
    const { mean, deviation } = beyond === undefined ? { mean: FLOOR, deviation: 0 } : statisticsOf(row); // prettier-ignore
    floors[row] = mean + (beyond ?? 0) * deviation;
  }
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
