/** How well a post does with everybody: recent, smoothed, with exits and dislikes against it. */

const DAY_MS = 86_400_000;

/** Who touched which post: entry n of every column is of the same touch. A person touches a post once. */
export type Touches = {
  /** Any numbers that tell people apart, from 0. */
  readonly people: Uint32Array;
  readonly rows: Uint32Array;
  /** Negative: disliked, by how much does not matter. */
  readonly confidence: Float32Array;
  readonly atMs: Float64Array;
};

/** What popularity is tuned by. */
export type PopularityParams = {
  /** Age at which a touch counts half, days. */
  readonly halfLifeDays: number;
  /** Touches that an average post is assumed to have had already: keeps one view from being a hit. */
  readonly smoothing: number;
  /** Share of its popularity a post loses if everybody left it early. */
  readonly exitPenalty: number;
  /** Touches of late, faded as they are, beyond which a person's voice grows with their root only. */
  readonly loud: number;
  /**
   * What the voice of an account counts that touched a single post; of many such voices for one
   * post the root, since nothing is cheaper than another account.
   */
  readonly lone: number;
};

/** Defaults. */
export const POPULARITY: PopularityParams = {
  halfLifeDays: 10,
  smoothing: 1,
  exitPenalty: 0.5,
  loud: 10,
  lone: 0.25,
};

/** What is known of each post besides its touches; entry n speaks of post row n. */
export type PostFacts = {
  readonly viewCounts: Float64Array;
  readonly exitCounts: Float64Array;
};

/**
 * Popularity of each post, ≥ 0 and on a log scale, so that a hit does not dwarf everything:
 *
 *     log(1 + Σ v·c·½^(age / halfLife) · (1 − dislikes) / smoothing) · (1 − exitPenalty · exits)
 *
 * where dislikes and exits are shares smoothed towards the average post's, and v is the voice of
 * whoever touched it; lone voices are summed up apart, and count their root beyond 1.
 *
 * @param asOfMs  Ages are measured from here.
 * @returns `[posts]`.
 */
export function popularity(
  touches: Touches,
  facts: PostFacts,
  asOfMs: number,
  params: PopularityParams,
): Float32Array {
  const posts = facts.viewCounts.length;
  const [mass, lone] = [new Float64Array(posts), new Float64Array(posts)];
  const [count, dislikes] = [new Float64Array(posts), new Float64Array(posts)];
  const left = touches.atMs.map((atMs) => {
    const ageDays = Math.max(0, asOfMs - atMs) / DAY_MS;
    return 0.5 ** (ageDays / params.halfLifeDays);
  });
  const { people, rows, confidence } = touches;
  const { voice, isLone } = voices(touches, left, params);
  for (let n = 0; n < rows.length; n++) {
    const person = people[n]!;
    const row = rows[n]!;
    const c = confidence[n]!;
    const v = voice[person]!;
    if (c > 0) {
      if (isLone[person] === 1) lone[row]! += v * c * left[n]!;
      else mass[row]! += v * c * left[n]!;
    } else if (c < 0) dislikes[row]! += v;
    count[row]! += v;
  }
  const dislikeShare = smoothedShare(dislikes, count);
  const exitShare = smoothedShare(facts.exitCounts, facts.viewCounts);
  return Float32Array.from(mass, (m, row) => {
    const all = m + Math.min(lone[row]!, Math.sqrt(lone[row]!));
    const kept = (all * (1 - dislikeShare[row]!)) / params.smoothing;
    return Math.log1p(kept) * (1 - params.exitPenalty * exitShare[row]!);
  });
}

/** What each touch of a person counts, 0 to 1. */
function voices({ people }: Touches, left: Float64Array, params: PopularityParams) {
  const all = people.reduce((most, it) => Math.max(most, it), -1) + 1;
  const [count, recent] = [new Float64Array(all), new Float64Array(all)];
  for (let n = 0; n < people.length; n++) {
    count[people[n]!]!++;
    recent[people[n]!]! += left[n]!;
  }
  const isLone = Uint8Array.from(count, (it) => Number(it === 1));
  const voice = recent.map((it, person) =>
    isLone[person] === 1 ? params.lone : Math.sqrt(Math.min(1, params.loud / it)),
  );
  return { voice, isLone };
}

/** Trials that the overall share stands for in a post's own share. */
const PRIOR_TRIALS = 20;

/**
 * `part / whole`, at most 1 (upstream's counters disagree), shrunk towards the overall share. What
 * can be no count, such as a negative one, counts as 0: one such post must not spoil all the others.
 */
function smoothedShare(part: Float64Array, whole: Float64Array): Float64Array {
  const counted = (it: number) => (it > 0 ? Math.min(it, Number.MAX_SAFE_INTEGER) : 0);
  const total = (x: Float64Array) => x.reduce((sum, it) => sum + counted(it), 0);
  const overall = Math.min(1, total(part) / Math.max(1, total(whole)));
  return part.map((it, row) => {
    const hits = counted(it);
    const trials = Math.max(counted(whole[row]!), hits);
    return (hits + PRIOR_TRIALS * overall) / (trials + PRIOR_TRIALS);
  });
}
