/** Held-out cases: a person's history before the cut, and the posts they liked after it. */
import { eventsAt, type History } from "../domain/history.ts";
import { seededRandom } from "../linalg/random.ts";
import type { Vocabulary } from "../linalg/vocabulary.ts";
import type { Ranker } from "../ranking/feed.ts";
import { personOf, type Person } from "../models/person.ts";
import type { Recency } from "../snapshot/model.ts";
import { MARKS, presentConfidence, scalesOf, preferencesOf, type Scales } from "../models/confidence.ts"; // prettier-ignore
import { historyOf, newestPosts, seenPosts } from "./histories.ts";
import type { Split } from "./split.ts";

/**
 * History lengths to which longer cases are also cut, in posts. Length 0 is left out: people with a
 * history have already seen the popular posts, so they would teach that new users dislike those.
 */
export const TRUNCATED = [1, 2, 3, 5, 10] as const;
/** First posts of a newcomer after which their next ones are asked for. */
const FIRST_POSTS = [1, 2, 3] as const;
/** Cases of one of the {@link TRUNCATED} lengths, up to the next, from which no longer ones are cut to it. */
export const ENOUGH = 50;

/** One person at one history length. */
export type Case = {
  /** Everything they did before the cut; its seen posts stay seen whatever the length. */
  readonly history: History;
  /** Number of their newest posts that the ranker may know. */
  readonly length: number;
  readonly user: number;
  /** Rows of the posts they liked after the cut and had not seen before. */
  readonly positives: Uint32Array;
  /**
   * Rows of all posts that they were shown or found after the cut, where events say which were recommended: liked
   * posts are to be ranked above these, since of the others nobody knows what they would have liked.
   */
  readonly shown?: Uint32Array;
};

/** A case for everybody who liked a new post after the cut (any post if `countsKnown`), with their whole history. */
export function wholeCases(
  split: Split,
  posts: Vocabulary,
  isServable: (row: number) => boolean,
): Case[] {
  const scale = scalesOf(split.before);
  const all: Case[] = [];
  for (let user = 0; user < split.after.userKeys.length; user++) {
    const history = historyOf(split.before, user);
    const seen = seenPosts(history);
    const after = historyOf(split.after, user);
    const positives = likedRows(after, scale, split.asOfMs, posts).filter(
      (row) => (split.countsKnown === true || !seen.has(posts.keys[row]!)) && isServable(row),
    );
    const length = new Set(history.postKeys).size;
    const shown = after.attributed.includes(1) && rowsIn(seenPosts(after), posts);
    if (positives.length > 0)
      all.push({ history, length, user, positives, ...(shown && { shown }) });
  }
  return all;
}

/**
 * A sample of at most `most` cases of people with a history: half or more with their whole one (or all there are), the
 * others of newcomers after their first posts, and longer histories cut to lengths that too few others have:
 * the owner of a long one has seen what is popular.
 *
 * @param enough  Cases of a length that are enough in this sample; several samples share {@link ENOUGH}.
 */
export function casesOf(
  split: Split,
  posts: Vocabulary,
  isServable: (row: number) => boolean,
  seed: number,
  most: number,
  enough = ENOUGH,
): Case[] {
  const random = seededRandom(seed);
  const all = wholeCases(split, posts, isServable);
  const whole = all.filter((it) => it.length > 0);
  const half = sample(whole, Math.ceil(most / 2), random);
  const begun = all
    .filter((it) => it.length === 0)
    .flatMap((it) => begunCases(it, split, posts.keys));
  const bandOf = (length: number) => TRUNCATED.findLast((it) => it <= length);
  const found = Map.groupBy([...half, ...begun], (it) => bandOf(it.length));
  const lacking = TRUNCATED.filter((it) => (found.get(it)?.length ?? 0) < enough);
  const others = begun.length + lacking.length * enough;
  const isMore = half.length < Math.min(whole.length, most - others);
  const kept = isMore ? sample(whole, most - others, random) : half;
  const shorter = whole.flatMap((it) =>
    lacking.filter((length) => length < it.length).map((length) => ({ ...it, length })),
  );
  return [...kept, ...sample([...begun, ...shorter], most - kept.length, random)];
}

/** A newcomer after each of their {@link FIRST_POSTS} since the cut, as long as they liked another one then. */
export function begunCases(newcomer: Case, { after }: Split, keys: Vocabulary["keys"]): Case[] {
  const events = historyOf(after, newcomer.user);
  const order = [...seenPosts(events)];
  return FIRST_POSTS.flatMap((length) => {
    const first = new Set(order.slice(0, length));
    const positives = newcomer.positives.filter((row) => !first.has(keys[row]!));
    if (positives.length === 0) return [];
    const places = Uint32Array.from(events.postKeys.keys());
    const known = places.filter((n) => first.has(events.postKeys[n]!));
    return [{ ...newcomer, history: eventsAt(events, known), length, positives }];
  });
}

function likedRows(
  history: History,
  scales: Scales,
  asOfMs: number,
  posts: Vocabulary,
): Uint32Array {
  const { postKeys, confidence, marks } = preferencesOf(
    history,
    scales,
    asOfMs,
    presentConfidence(),
  );
  const liked = [...postKeys].filter((_, n) => confidence[n]! > 0 && marks[n]! & MARKS.seen);
  return rowsIn(liked, posts);
}

const rowsIn = (keys: Iterable<number>, { rowOf }: Vocabulary) =>
  Uint32Array.from([...keys].map(rowOf).filter((it) => it !== undefined));

/** A uniform sample of `most` cases, in their order (selection sampling). */
function sample(all: readonly Case[], most: number, random: () => number): Case[] {
  let [wanted, left] = [Math.min(most, all.length), all.length];
  return all.filter(() => {
    const take = random() * left-- < wanted;
    if (take) wanted--;
    return take;
  });
}

/** The person as the ranker knows them at the case's length. Posts of their whole history stay seen. */
export function personAt({ model, rowOf }: Ranker, it: Case, recency?: Recency): Person {
  const whole = personOf(model, rowOf, it.history, undefined, recency);
  if (it.length >= whole.length) return whole;
  const newest = personOf(model, rowOf, newestPosts(it.history, it.length), undefined, recency);
  return { ...newest, seen: whole.seen };
}
