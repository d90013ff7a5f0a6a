/** Credits what a person did to the posts that they were shown. */
import type { Answer } from "../../data/contract.ts";
import type { PageColumns } from "../../data/served-log.ts";
import { UNKNOWN } from "../../domain/history.ts";
import { SIGNALS } from "../../domain/signals.ts";
import { isSkip, shareOf } from "../../models/watching.ts";
import type { Steps } from "../../runtime/time-slicing.ts";

/** A person's outcome with one shown post. */
export type Outcome = {
  isPlayed: boolean;
  isLiked: boolean;
  isSkipped: boolean;
  /** Largest share that was watched, 0 to 1; `undefined` where no play has a time watched and a length. */
  share: number | undefined;
};

/** Time within which an event without a known recommendation id answers a post that was shown, milliseconds. */
const ANSWERED_MS = 86_400_000;

/** A shown post: number of its page, and its index on it. */
type Place = readonly [page: number, index: number];

/**
 * The outcomes of the shown posts, by page and index; absent where nothing was done. An event counts for one
 * shown post: that of the recommendation that it names, else the latest within a day before it.
 *
 * @param pages  Of one person, oldest first.
 * @param answers  What they did.
 */
export function* credited(
  pages: readonly PageColumns[],
  answers: readonly Answer[],
): Steps<ReadonlyMap<number, Outcome>[]> {
  const outcomes = pages.map(() => new Map<number, Outcome>());
  const placeOf = yield* finder(pages, new Set(answers.map((it) => it.post)));
  for (const answer of answers) {
    yield;
    const place = placeOf(answer);
    if (place === undefined) continue;
    const [page, index] = place;
    const none: Outcome = { isPlayed: false, isLiked: false, isSkipped: false, share: undefined };
    const outcome = outcomes[page]!.get(index) ?? none;
    add(outcome, answer);
    outcomes[page]!.set(index, outcome);
  }
  return outcomes;
}

/** Finds the shown post that an event answers. */
function* finder(
  pages: readonly PageColumns[],
  wanted: ReadonlySet<number>,
): Steps<(answer: Answer) => Place | undefined> {
  const byId = new Map(pages.map((it, n) => [it.recommendationId, n]));
  const shown = new Map<number, Place[]>();
  for (const [n, { posts }] of pages.entries()) {
    yield;
    for (let index = 0; index < posts.length; index++) {
      if (!wanted.has(posts[index]!)) continue;
      const places = shown.get(posts[index]!);
      if (places === undefined) shown.set(posts[index]!, [[n, index]]);
      else places.push([n, index]);
    }
  }
  return ({ post, atMs, recommendationId }: Answer): Place | undefined => {
    const places = shown.get(post) ?? [];
    const named = recommendationId === null ? undefined : byId.get(recommendationId);
    const own = places.find(([page]) => page === named);
    if (own !== undefined) return own;
    return places.findLast(([page]) => {
      const ageMs = atMs - pages[page]!.atMs;
      return ageMs >= 0 && ageMs <= ANSWERED_MS;
    });
  };
}

function add(outcome: Outcome, { kind, watchedMs, durationMs }: Answer): void {
  if (kind === SIGNALS.like.code) outcome.isLiked = true;
  if (kind === SIGNALS.skip.code) outcome.isSkipped = true;
  if (kind !== SIGNALS.view.code) return;
  const [watched, length] = [watchedMs ?? UNKNOWN, durationMs ?? UNKNOWN];
  if (isSkip(watched, length)) outcome.isSkipped = true;
  outcome.isPlayed = true;
  const share = shareOf(watched, length);
  if (share !== undefined) outcome.share = Math.max(outcome.share ?? 0, Math.min(1, share));
}
