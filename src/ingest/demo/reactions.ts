/** What a viewer does to a post: watch it, break off, like, rate, be inspired. */
import { between, gaussian, type Random } from "../../linalg/random.ts";
import { SYNCED_NAMES } from "../../domain/signals.ts";

/** That somebody did something to a post; `value` is the percentage of a rating, else 1. */
export type Deed = {
  readonly userId: number;
  readonly postId: number;
  readonly atMs: number;
  readonly value: number;
};

/** What is done: what upstream tells of, and views that are broken off. */
export const DEEDS = [...SYNCED_NAMES, "exit"] as const;

/** Everything that was done. */
export type Deeds = Readonly<Record<(typeof DEEDS)[number], Deed[]>>;

/** What a viewer does after watching, given how much they liked it (about −2 to 2). */
export function react(random: Random, view: Deed, liking: number, deeds: Deeds): void {
  const later = (seconds: number) => view.atMs + seconds * 1_000;
  const chance = (logit: number) => random() < 1 / (1 + Math.exp(-logit));
  deeds.view.push(view);
  if (chance(-2.1 - 2 * liking)) return void deeds.exit.push(view);
  if (chance(2 * liking - 2.6)) deeds.like.push({ ...view, atMs: later(4) });
  if (chance(2 * liking - 4.6)) deeds.inspire.push({ ...view, atMs: later(9) });
  if (chance(Math.abs(liking) - 0.7))
    deeds.rating.push({ ...view, atMs: later(14), value: ratingOf(random, liking) });
}

/** Ratings lie far to the left, as upstream's do; only what was disliked falls below zero. */
function ratingOf(random: Random, liking: number): number {
  if (liking < -0.9 && random() < 0.35) return -between(random, 5, 98);
  return Math.min(
    100,
    Math.max(0, Math.round(30 * Math.exp(0.6 * liking + 0.2 * gaussian(random)))),
  );
}
