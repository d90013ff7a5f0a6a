/** Events of the sparse set: openings cause views, ratings, likes and inspires; some views are lost. */
import { DAY_MS } from "../../domain/day.ts";
import type { SignalName } from "../../domain/known-signals.ts";
import { gaussian, type Random } from "../../linalg/random.ts";
import type { SparsePerson } from "./people.ts";
import type { Opening } from "./watching.ts";

/** One event; person and post are row numbers. */
export type SparseEvent = {
  readonly person: number;
  readonly post: number;
  readonly kind: SignalName;
  readonly value: number;
  readonly atMs: number;
};

/** Shares of the openings with each event, and of those whose view is lost, as in the real data. */
const SHARES = {
  rated: 5_769 / 14_247,
  liked: 1_773 / 14_247,
  inspired: 461 / 14_247,
  viewLost: 1_613 / 14_247,
};

/** A sample of a share of the openings without replacement, with the given logits (Gumbel top-k). */
function sample(
  opened: readonly Opening[],
  share: number,
  random: Random,
  logit: (it: Opening) => number,
): Set<Opening> {
  const gumbel = () => -Math.log(-Math.log(1 - random() || Number.EPSILON));
  const scored = opened.map((it) => ({ it, score: logit(it) + gumbel() }));
  scored.sort((a, b) => b.score - a.score);
  return new Set(scored.slice(0, Math.round(share * opened.length)).map(({ it }) => it));
}

/** All events, in order of time. */
export function sparseEvents(
  random: Random,
  opened: readonly Opening[],
  people: readonly SparsePerson[],
): readonly SparseEvent[] {
  const eager = ({ person }: Opening) => people[person]!.eagerness;
  const draw = (share: number, logit: (it: Opening) => number) =>
    sample(opened, share, random, logit);
  const rated = draw(SHARES.rated, (it) => 1.5 * eager(it) + Math.abs(it.liking));
  const liked = draw(SHARES.liked, (it) => eager(it) + 2 * it.liking);
  const inspired = draw(SHARES.inspired, (it) => eager(it) + 2.5 * it.liking);
  const others = opened.filter((it) => rated.has(it) || liked.has(it) || inspired.has(it));
  const lastMs = opened.at(-1)?.atMs ?? 0;
  const isOld = (it: Opening) => Number(it.atMs < lastMs - 90 * DAY_MS);
  const lostShare = (SHARES.viewLost * opened.length) / others.length;
  const lost = sample(others, lostShare, random, (it) => 2 * isOld(it));
  const event = (it: Opening, kind: SignalName, seconds: number, value = 1): SparseEvent => ({
    person: it.person,
    post: it.post,
    kind,
    value,
    atMs: it.atMs + seconds * 1_000,
  });
  return opened
    .flatMap((it) => [
      ...(lost.has(it) ? [] : [event(it, "view", 0)]),
      ...(liked.has(it) ? [event(it, "like", 4)] : []),
      ...(inspired.has(it) ? [event(it, "inspire", 7)] : []),
      ...(rated.has(it) ? [event(it, "rating", 11, ratingOf(random, it.liking))] : []),
    ])
    .sort((a, b) => a.atMs - b.atMs);
}

/** A rating in percent: most are low, and only disliked posts get negative ones. */
function ratingOf(random: Random, liking: number): number {
  const felt = liking + 0.5 * gaussian(random);
  if (felt < -0.8 && random() < 0.5) return -1 - Math.floor(98 * random());
  return Math.max(
    0,
    Math.min(100, Math.round(28 * Math.exp(0.55 * felt + 0.35 * gaussian(random)))),
  );
}
