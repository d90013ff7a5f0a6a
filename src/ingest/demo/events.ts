/** Events of the demo's viewers, what makes them, and counters over them. */
import { between, gaussian, type Random } from "../../linalg/random.ts";
import { SYNCED_NAMES } from "../../domain/signals.ts";

/** One event; `value` is the percentage of a rating, else 1. */
export type DemoEvent = {
  readonly userId: number;
  readonly postId: number;
  readonly atMs: number;
  readonly value: number;
};

/** Kinds of events: the signals that upstream reports, and exits, which it only counts. */
export const EVENT_NAMES = [...SYNCED_NAMES, "exit"] as const;

/** Events by kind. */
export type DemoEvents = Readonly<Record<(typeof EVENT_NAMES)[number], DemoEvent[]>>;

/** Adds a view and the events that follow it, given how much the viewer likes the post (about −2 to 2). */
export function react(random: Random, view: DemoEvent, liking: number, events: DemoEvents): void {
  const later = (seconds: number) => view.atMs + seconds * 1_000;
  const chance = (logit: number) => random() < 1 / (1 + Math.exp(-logit));
  events.view.push(view);
  if (chance(-2.1 - 2 * liking)) return void events.exit.push(view);
  if (chance(2 * liking - 2.6)) events.like.push({ ...view, atMs: later(4) });
  if (chance(2 * liking - 4.6)) events.inspire.push({ ...view, atMs: later(9) });
  if (chance(Math.abs(liking) - 0.7))
    events.rating.push({ ...view, atMs: later(14), value: ratingOf(random, liking) });
}

/** A rating in percent: most are low, as upstream's are, and only disliked posts get negative ones. */
function ratingOf(random: Random, liking: number): number {
  if (liking < -0.9 && random() < 0.35) return -between(random, 5, 98);
  return Math.min(
    100,
    Math.max(0, Math.round(30 * Math.exp(0.6 * liking + 0.2 * gaussian(random)))),
  );
}

/** Counters of one post. */
export type Counts = Record<keyof DemoEvents, number> & {
  /** Sum of all ratings, in percent. */
  ratingSum: number;
};

/** Upstream's counters of every post, by its id. */
export function countsOf(events: DemoEvents, postIds: Iterable<number>): Map<number, Counts> {
  const counts = new Map<number, Counts>();
  const none = Object.fromEntries([...EVENT_NAMES, "ratingSum"].map((it) => [it, 0])) as Counts;
  for (const id of postIds) counts.set(id, { ...none });
  for (const name of EVENT_NAMES)
    for (const { postId } of events[name]) counts.get(postId)![name]++;
  for (const { postId, value } of events.rating) counts.get(postId)!.ratingSum += value;
  return counts;
}
