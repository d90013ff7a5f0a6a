/** Simulates the demo's viewers: sessions of watching, with exits, likes, ratings and inspires. */
import { DAY_MS } from "../../domain/day.ts";
import {
  between,
  gaussian,
  seededRandom,
  weightedIndex,
  type Random,
} from "../../linalg/random.ts";
import { DEMO_END_MS, DEMO_START_MS, type DemoPost } from "./catalogue.ts";
import { EVENT_NAMES, react, type DemoEvent, type DemoEvents } from "./events.ts";
import { postColumns, type PostColumns } from "./post-columns.ts";
import { preferenceAt } from "./preferences.ts";
import { demoViewers, type Viewer } from "./viewers.ts";

/** The viewers and their events, each list in order of time. */
export type Audience = DemoEvents & { readonly viewers: readonly Viewer[] };

const HOUR_MS = 3_600_000;
const SEED = 400;
/** Factor of a preference in the logarithm of a theme's weight. */
const PREFERENCE_STRENGTH = 5.5;
/** Factor on the weights of a watched post's theme for the rest of the session. */
const SAME_THEME = 2;
/** Factor on the weight of a watched part's next part, in this session and in later ones. */
const NEXT_PART = { now: 25, later: 6 };

/** The audience of `posts`; the same posts have the same audience. */
export function demoAudience(posts: readonly DemoPost[]): Audience {
  const random = seededRandom(SEED);
  const viewers = demoViewers(random);
  const events = Object.fromEntries(EVENT_NAMES.map((it) => [it, [] as DemoEvent[]])) as DemoEvents;
  const columns = postColumns(posts);
  for (const viewer of viewers) simulate(random, viewer, columns, events);
  for (const list of Object.values(events)) list.sort((a, b) => a.atMs - b.atMs);
  return { viewers, ...events };
}

/** All sessions of one viewer. */
function simulate(random: Random, viewer: Viewer, columns: PostColumns, events: DemoEvents): void {
  const { fromMs, toMs } = viewer;
  const sizes: number[] = [];
  for (let left = viewer.views; left > 0; left -= sizes.at(-1)!)
    sizes.push(Math.min(left, between(random, 2, 11)));
  const hour = 6 + 16 * random();
  const starts = sizes
    .map(() => {
      const day = Math.floor((fromMs + (toMs - fromMs) * random()) / DAY_MS);
      return Math.min(day * DAY_MS + (hour + gaussian(random)) * HOUR_MS, DEMO_END_MS - HOUR_MS);
    })
    .sort((a, b) => a - b);
  const seen = new Set<number>();
  for (const [n, startMs] of starts.entries()) {
    const drift = toMs > fromMs ? (startMs - fromMs) / (toMs - fromMs) : 0;
    const preference = preferenceAt(
      viewer.preferences,
      Math.min(1, Math.max(0, drift)),
      viewer.isSteady,
    );
    watch(random, viewer, { startMs, views: sizes[n]!, preference, seen }, columns, events);
  }
}

type Session = { startMs: number; views: number; preference: Float64Array; seen: Set<number> };

/** One session: each post raises the weights of its theme and, more so, of its next part. */
function watch(
  random: Random,
  viewer: Viewer,
  session: Session,
  columns: PostColumns,
  events: DemoEvents,
): void {
  const { preference, seen } = session;
  const { posts, themeRows, rowsOfTheme, nextRows } = columns;
  const weights = weigh(viewer, session, columns);
  let atMs = session.startMs;
  for (let n = 0; n < session.views; n++) {
    const row = weightedIndex(random, weights);
    if (row < 0) return;
    const post = posts[row]!;
    atMs += between(random, 30, 300) * 1_000;
    const liking =
      1.7 * preference[themeRows[row]!]! -
      0.9 +
      0.35 * Math.log(post.appeal) +
      0.75 * gaussian(random);
    react(random, { userId: viewer.id, postId: post.id, atMs, value: 1 }, liking, events);
    seen.add(row);
    weights[row] = 0;
    for (const other of rowsOfTheme[themeRows[row]!]!) weights[other]! *= SAME_THEME;
    if (nextRows[row]! >= 0) weights[nextRows[row]!]! *= NEXT_PART.now;
  }
}

/** Weight of each post at the start of a session. */
function weigh(
  viewer: Viewer,
  { startMs, preference, seen }: Session,
  columns: PostColumns,
): Float64Array {
  const themes = preference.map((it, n) =>
    Math.exp(PREFERENCE_STRENGTH * it + 0.6 * viewer.themeBias[n]!),
  );
  const day = Math.max(0, Math.floor((startMs - DEMO_START_MS) / DAY_MS));
  const formats = viewer.formatBias.map((it) => Math.exp(0.4 * it));
  const weights = columns.exposure[day]!.slice();
  for (let row = 0; row < weights.length; row++)
    weights[row]! *= themes[columns.themeRows[row]!]! * formats[columns.formatRows[row]!]!;
  for (const row of seen)
    if (columns.nextRows[row]! >= 0) weights[columns.nextRows[row]!]! *= NEXT_PART.later;
  for (const row of seen) weights[row] = 0;
  return weights;
}
