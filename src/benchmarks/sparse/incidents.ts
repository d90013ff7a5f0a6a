/** Incidents in the sparse set: days that mislead a fit, and a catalogue whose old posts are watched. */
import { DAY_MS } from "../../domain/day.ts";
import { between, type Random } from "../../linalg/random.ts";
import { START_MS, type SparsePost } from "./catalogue.ts";
import type { SparsePerson } from "./people.ts";

/** A day on which a crowd of new people opens posts that a link leads them to, and does not come back. */
type Crowd = {
  readonly day: number;
  readonly people: number;
  /** Most posts that one of them opens. */
  readonly opens: number;
  /** Number of posts that the link leads to. */
  readonly posts: number;
};

/** An incident of a set: a burst, an outage, a viral day. */
export type Incidents = {
  readonly crowds?: readonly Crowd[];
  /** First and last day of times in which nobody could visit. */
  readonly outages?: readonly (readonly [from: number, to: number])[];
  /** True if the front page has popular posts of any age and hardly any new ones. */
  readonly isArchive?: boolean;
};

/** A crowd lasts this long, in days. */
const CROWD_DAYS = 0.6;

/** The people with those of the crowds, without visits in an outage. */
export function withIncidents(
  random: Random,
  people: readonly SparsePerson[],
  posts: readonly SparsePost[],
  { crowds = [], outages = [] }: Incidents,
): readonly SparsePerson[] {
  const isOpen = (atMs: number) =>
    outages.every(([from, to]) => atMs < momentOf(from) || atMs >= momentOf(to + 1));
  return [...people, ...crowds.flatMap((it) => crowdOf(random, posts, people, it))].map((it) => ({
    ...it,
    visits: it.visits.filter(({ atMs }) => isOpen(atMs)),
  }));
}

function crowdOf(
  random: Random,
  posts: readonly SparsePost[],
  people: readonly SparsePerson[],
  crowd: Crowd,
): SparsePerson[] {
  const fromMs = momentOf(crowd.day);
  const existing = posts.findLastIndex((it) => it.createdAtMs <= fromMs) + 1;
  const linked = Array.from({ length: crowd.posts }, () => between(random, 0, existing - 1));
  return Array.from({ length: crowd.people }, () => {
    const atMs = fromMs + Math.floor(CROWD_DAYS * DAY_MS * random());
    const { interests } = people[between(random, 0, people.length - 1)]!;
    return {
      interests,
      eagerness: 0,
      visits: [{ atMs, posts: between(random, 1, crowd.opens), linked }],
    };
  });
}

function momentOf(day: number): number {
  return START_MS + day * DAY_MS;
}

/** Posts that a burst opens, and a viral day: many of few, one of all. */
const burst = (day: number): Crowd => ({ day, people: 70, opens: 8, posts: 12 });
const viral = (day: number): Crowd => ({ day, people: 260, opens: 1, posts: 1 });

/** The sets of the rolling benchmark: the seed and the incidents of each. */
export const SPARSE_SETS: Readonly<Record<string, { readonly seed: number } & Incidents>> = {
  plain: { seed: 1 },
  other: { seed: 2 },
  bursts: { seed: 3, crowds: [burst(214), burst(266), burst(318)] },
  outages: {
    seed: 4,
    outages: [
      [225, 236],
      [290, 294],
    ],
  },
  viral: { seed: 5, crowds: [viral(251)] },
  archive: { seed: 6, isArchive: true },
  "archive-bursts": { seed: 7, isArchive: true, crowds: [burst(223), burst(281)] },
  rough: {
    seed: 8,
    isArchive: true,
    crowds: [burst(219), viral(262), burst(302)],
    outages: [[239, 248]],
  },
};
