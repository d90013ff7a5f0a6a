/** Policies: ways to choose what viewers are shown. */
import type { SimulatedPost } from "./world.ts";

/** A post that was shown, and what the viewer did. */
export type Showing = {
  readonly viewer: string;
  readonly post: SimulatedPost;
  readonly atMs: number;
  readonly watchedMs: number;
  readonly isLiked: boolean;
  /** True if the viewer was shown it before. */
  readonly isRepeat: boolean;
  /** The visit it was shown in. */
  readonly session: string;
  readonly recommendationId?: string | undefined;
};

/** Posts to show next, best first. */
export type Page = {
  readonly ids: readonly string[];
  readonly recommendationId?: string | undefined;
};

/** A policy. Calls come in order of simulated time, one at a time. */
export type Policy = {
  readonly name: string;
  /** New posts are there, and a day begins. */
  readonly startDay: (posts: readonly SimulatedPost[], atMs: number) => Promise<void>;
  /** The next posts for a viewer; none ends the visit. */
  readonly next: (viewer: string, session: string, count: number, atMs: number) => Promise<Page>;
  /** The showings of a page. */
  readonly report: (showings: readonly Showing[]) => Promise<void>;
};

/** Days after which a view counts half. */
const HALF_LIFE_DAYS = 7;

/** Popularity: the posts with the most watched lengths in the last days that the viewer was not shown yet. */
export function popularityPolicy(): Policy {
  const posts: SimulatedPost[] = [];
  const watched = new Map<string, number>();
  const shown = new Map<string, Set<string>>();
  let order: SimulatedPost[] = [];
  return {
    name: "popularity",
    startDay: async (added) => {
      posts.push(...added);
      for (const [id, it] of watched) watched.set(id, it * 0.5 ** (1 / HALF_LIFE_DAYS));
      const countOf = ({ id }: SimulatedPost) => watched.get(id) ?? 0;
      order = posts.toSorted((a, b) => countOf(b) - countOf(a) || b.createdAtMs - a.createdAtMs);
    },
    next: async (viewer, _session, count) => {
      const seen = shown.get(viewer);
      const ids: string[] = [];
      for (const { id } of order) if (ids.length < count && !seen?.has(id)) ids.push(id);
      return { ids };
    },
    report: async (showings) => {
      for (const { viewer, post, watchedMs } of showings) {
        watched.set(post.id, (watched.get(post.id) ?? 0) + watchedMs / post.durationMs);
        shown.set(viewer, (shown.get(viewer) ?? new Set()).add(post.id));
      }
    },
  };
}
