/** Simulation: viewers visit day after day, scroll while they are content, and are shown what a policy chooses. */
import { DAY_MS } from "../../domain/day.ts";
import type { Policy, Showing } from "./policy.ts";
import {
  drift,
  intentOf,
  reactionTo,
  remember,
  viewersOf,
  visitsOf,
  type Viewer,
} from "./viewers.ts";
import { randomFor, START_MS, type SimulatedPost, type World } from "./world.ts";

/** A viewer's day in counts. */
export type ViewerDay = {
  readonly viewer: number;
  readonly day: number;
  readonly shown: number;
  /** Videos of which at least {@link FINISHED} was watched. */
  readonly finished: number;
  readonly likes: number;
  /** Neighbours on the day's screens that are of different categories, and all neighbours. */
  readonly changes: number;
  readonly neighbours: number;
  readonly byNewCreators: number;
  /** Showings of a post that the viewer was shown before. */
  readonly repeats: number;
};

/** A run's settings. */
type SimulationOptions = {
  readonly world: World;
  readonly seed: number;
  readonly viewers: number;
  readonly days: number;
  readonly onDay?: (done: number) => void;
};

/** Result of a policy's run. */
export type Simulated = {
  readonly policy: string;
  readonly viewerDays: readonly ViewerDay[];
  /** Showings within a day of its arrival, of every post that came during the run. */
  readonly firstDayShowings: readonly number[];
};

/** Share of a video from which it counts as finished. */
export const FINISHED = 0.7;
/** Posts that the app asks for at once. */
const PAGE = 5;
/** Most videos of a visit. */
const VISIT_MAX = 60;
/** Chance to leave after a video: at best, and what is added for somebody who is not content at all. */
const LEAVE = { least: 0.02, added: 0.25 };
/** Weights of the newest video in a visit's contentment, and of the newest visit in loyalty. */
const NEWEST = { video: 0.25, visit: 0.3 };
/** Milliseconds from one video to the next. */
const SWIPE_MS = 800;

/** Runs a policy through the days. */
export async function simulate(policy: Policy, options: SimulationOptions): Promise<Simulated> {
  const { world, seed, days } = options;
  const postOf = new Map(world.posts.map((it) => [it.id, it]));
  const categories = [...new Set(world.posts.map(({ category }) => category))];
  const viewers = viewersOf(seed, options.viewers, days, categories);
  const viewerDays: ViewerDay[] = [];
  const firstDay = new Map<string, number>();
  for (let day = 0; day < days; day++) {
    const added = world.postsOf(day);
    if (day > 0) for (const { id } of added) firstDay.set(id, 0);
    await policy.startDay(added, START_MS + day * DAY_MS);
    const today = new Map<number, Showing[]>();
    for (const { viewer, atMs } of visitsOn(viewers, seed, day)) {
      const it = viewers[viewer]!;
      const showings = await visit(policy, postOf, it, { seed, day, atMs });
      today.set(viewer, [...(today.get(viewer) ?? []), ...showings]);
      for (const { post } of showings)
        if (post.createdAtMs === START_MS + day * DAY_MS && firstDay.has(post.id))
          firstDay.set(post.id, firstDay.get(post.id)! + 1);
    }
    for (const [n, it] of viewers.entries()) {
      if (day >= it.joinsOn) viewerDays.push(dayOf(n, day, today.get(n) ?? []));
      drift(it, seed, day);
    }
    options.onDay?.(day + 1);
  }
  return { policy: policy.name, viewerDays, firstDayShowings: [...firstDay.values()] };
}

function visitsOn(viewers: readonly Viewer[], seed: number, day: number) {
  return viewers
    .flatMap((it, viewer) => visitsOf(it, seed, day).map((atMs) => ({ viewer, atMs })))
    .sort((a, b) => a.atMs - b.atMs);
}

/** A visit: page after page until the viewer has had enough, or there is nothing more. */
async function visit(
  policy: Policy,
  postOf: ReadonlyMap<string, SimulatedPost>,
  viewer: Viewer,
  { seed, day, atMs }: { readonly seed: number; readonly day: number; readonly atMs: number },
): Promise<Showing[]> {
  const session = `${viewer.id}-${atMs}`;
  const random = randomFor(seed, "patience", session);
  const occasion = { seed, day, intent: intentOf(viewer, randomFor(seed, "intent", session)) };
  const showings: Showing[] = [];
  let [content, nowMs, stays] = [0.5, atMs, true];
  while (stays && showings.length < VISIT_MAX) {
    const { ids, recommendationId } = await policy.next(viewer.id, session, PAGE, nowMs);
    const watched: Showing[] = [];
    for (const id of ids) {
      const post = postOf.get(id)!;
      const { share, isLiked } = reactionTo(viewer, post, occasion);
      const isRepeat = viewer.shownOn.has(post.id);
      remember(viewer, post, day);
      const watchedMs = Math.round(share * post.durationMs);
      nowMs += watchedMs + SWIPE_MS;
      watched.push({ viewer: viewer.id, post, atMs: nowMs, watchedMs, isLiked, isRepeat, session, recommendationId }); // prettier-ignore
      content += NEWEST.video * (share - content);
      stays = random() >= LEAVE.least + LEAVE.added * (1 - content) ** 2;
      if (!stays) break;
    }
    showings.push(...watched);
    await policy.report(watched);
    if (ids.length === 0) break;
  }
  viewer.loyalty += NEWEST.visit * (content - viewer.loyalty);
  return showings;
}

function dayOf(viewer: number, day: number, showings: readonly Showing[]): ViewerDay {
  const isFinished = ({ watchedMs, post }: Showing) => watchedMs >= FINISHED * post.durationMs;
  const pairs = showings
    .slice(1)
    .map((it, n) => [showings[n]!, it] as const)
    .filter(([before, it]) => it.session === before.session);
  return {
    ...{ viewer, day, shown: showings.length },
    finished: showings.filter(isFinished).length,
    likes: showings.filter(({ isLiked }) => isLiked).length,
    changes: pairs.filter(([before, it]) => it.post.category !== before.post.category).length,
    neighbours: pairs.length,
    repeats: showings.filter(({ isRepeat }) => isRepeat).length,
    byNewCreators: showings.filter(({ post }) => post.isByNewCreator).length,
  };
}
