/** What of the opening of posts is stored: views of which some vanish, ratings, likes, inspires. */
import { gaussian, type Random } from "../../ingest/demo/chance.ts";
import { SIGNALS, type SignalName } from "../../domain/signals.ts";
import { DAY_MS } from "./catalogue.ts";
import type { SparsePerson } from "./people.ts";
import type { Opened } from "./watching.ts";

/** One stored row. */
export type Mark = {
  readonly person: number;
  readonly post: number;
  /** Code of a signal. */
  readonly kind: number;
  readonly value: number;
  readonly atMs: number;
};

/** Shares of the opened posts. */
const [RATED, LIKED, INSPIRED, UNSEEN] = [
  5_769 / 14_247,
  1_773 / 14_247,
  461 / 14_247,
  1_613 / 14_247,
];

/** Of the `share` of the opens with the largest chance score, drawn without replacement. */
function drawnShare(
  opened: readonly Opened[],
  share: number,
  random: Random,
  logit: (it: Opened) => number,
): Set<Opened> {
  const gumbel = () => -Math.log(-Math.log(1 - random() || Number.EPSILON));
  const scored = opened.map((it) => ({ it, score: logit(it) + gumbel() }));
  scored.sort((a, b) => b.score - a.score);
  return new Set(scored.slice(0, Math.round(share * opened.length)).map(({ it }) => it));
}

/** Every row that upstream would have sent, in order of time. */
export function marksOf(
  random: Random,
  opened: readonly Opened[],
  people: readonly SparsePerson[],
): readonly Mark[] {
  const eager = ({ person }: Opened) => people[person]!.eagerness;
  const draw = (share: number, logit: (it: Opened) => number) =>
    drawnShare(opened, share, random, logit);
  const rated = draw(RATED, (it) => 1.5 * eager(it) + Math.abs(it.liking));
  const liked = draw(LIKED, (it) => eager(it) + 2 * it.liking);
  const inspired = draw(INSPIRED, (it) => eager(it) + 2.5 * it.liking);
  const rest = opened.filter((it) => rated.has(it) || liked.has(it) || inspired.has(it));
  const lastMs = opened.at(-1)?.atMs ?? 0;
  const isOld = (it: Opened) => Number(it.atMs < lastMs - 90 * DAY_MS);
  const gone = drawnShare(
    rest,
    (UNSEEN * opened.length) / rest.length,
    random,
    (it) => 2 * isOld(it),
  );
  const mark = (it: Opened, kind: SignalName, seconds: number, value = 1): Mark => ({
    person: it.person,
    post: it.post,
    kind: SIGNALS[kind].code,
    value,
    atMs: it.atMs + seconds * 1_000,
  });
  return opened
    .flatMap((it) => [
      ...(gone.has(it) ? [] : [mark(it, "view", 0)]),
      ...(liked.has(it) ? [mark(it, "like", 4)] : []),
      ...(inspired.has(it) ? [mark(it, "inspire", 7)] : []),
      ...(rated.has(it) ? [mark(it, "rating", 11, ratingOf(random, it.liking))] : []),
    ])
    .sort((a, b) => a.atMs - b.atMs);
}

/** In percent, far to the left; only what was disliked falls below zero. */
function ratingOf(random: Random, liking: number): number {
  const felt = liking + 0.5 * gaussian(random);
  if (felt < -0.8 && random() < 0.5) return -1 - Math.floor(98 * random());
  return Math.max(
    0,
    Math.min(100, Math.round(28 * Math.exp(0.55 * felt + 0.35 * gaussian(random)))),
  );
}
