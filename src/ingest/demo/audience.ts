/** What the demo's viewers do: sessions of watching, with likes, ratings and inspires on the way. */
import { between, gaussian, seededRandom, type Random } from "../../linalg/random.ts";
import { DEMO_END_MS, DEMO_START_MS } from "./catalogue.ts";
import type { DemoPost } from "./catalogue.ts";
import { DEEDS, react } from "./reactions.ts";
import type { Deed, Deeds } from "./reactions.ts";
import { stockOf } from "./stock.ts";
import type { Stock } from "./stock.ts";
import { pullAt } from "./tastes.ts";
import { demoViewers } from "./viewers.ts";
import type { Viewer } from "./viewers.ts";

/** Who there is and what they did, each list in order of time. */
export type Audience = Deeds & { readonly viewers: readonly Viewer[] };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SEED = 400;
/** How much more a post of one's taste is chosen: e to this power. */
const TASTE_STRENGTH = 5.5;
/** What choosing a post does to others for the rest of the session. */
const SAME_THEME = 2;
const NEXT_PART = 25;
/** What having seen a part does to the next one in later sessions. */
const NEXT_PART_LATER = 6;

/** Everything that happened around `posts`. Same posts, same audience. */
export function demoAudience(posts: readonly DemoPost[]): Audience {
  const random = seededRandom(SEED);
  const viewers = demoViewers(random);
  const deeds = Object.fromEntries(DEEDS.map((it) => [it, [] as Deed[]])) as Deeds;
  const stock = stockOf(posts);
  for (const viewer of viewers) live(random, viewer, stock, deeds);
  for (const list of Object.values(deeds)) list.sort((a, b) => a.atMs - b.atMs);
  return { viewers, ...deeds };
}

/** One viewer, from the first session to the last. */
function live(random: Random, viewer: Viewer, stock: Stock, deeds: Deeds): void {
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
    const pull = pullAt(viewer.tastes, Math.min(1, Math.max(0, drift)), viewer.isSteady);
    watch(random, viewer, { startMs, views: sizes[n]!, pull, seen }, stock, deeds);
  }
}

type Session = { startMs: number; views: number; pull: Float64Array; seen: Set<number> };

/** One session: every choice makes its theme and, more so, the next part likelier. */
function watch(random: Random, viewer: Viewer, session: Session, stock: Stock, deeds: Deeds): void {
  const { pull, seen } = session;
  const { posts, themeRows, rowsOfTheme, nextRows } = stock;
  const weights = weigh(viewer, session, stock);
  let atMs = session.startMs;
  for (let n = 0; n < session.views; n++) {
    const row = draw(random, weights);
    if (row < 0) return;
    const post = posts[row]!;
    atMs += between(random, 30, 300) * 1_000;
    const liking =
      1.7 * pull[themeRows[row]!]! - 0.9 + 0.35 * Math.log(post.appeal) + 0.75 * gaussian(random);
    react(random, { userId: viewer.id, postId: post.id, atMs, value: 1 }, liking, deeds);
    seen.add(row);
    weights[row] = 0;
    for (const other of rowsOfTheme[themeRows[row]!]!) weights[other]! *= SAME_THEME;
    if (nextRows[row]! >= 0) weights[nextRows[row]!]! *= NEXT_PART;
  }
}

/** How likely each post is to be chosen at the start of a session, up to a factor. */
function weigh(viewer: Viewer, { startMs, pull, seen }: Session, stock: Stock): Float64Array {
  const themes = pull.map((it, n) => Math.exp(TASTE_STRENGTH * it + 0.6 * viewer.whims[n]!));
  const day = Math.max(0, Math.floor((startMs - DEMO_START_MS) / DAY_MS));
  const formats = viewer.formatWhims.map((it) => Math.exp(0.4 * it));
  const weights = stock.exposure[day]!.slice();
  for (let row = 0; row < weights.length; row++)
    weights[row]! *= themes[stock.themeRows[row]!]! * formats[stock.formatRows[row]!]!;
  for (const row of seen)
    if (stock.nextRows[row]! >= 0) weights[stock.nextRows[row]!]! *= NEXT_PART_LATER;
  for (const row of seen) weights[row] = 0;
  return weights;
}

/** A row with probability in proportion to its weight; −1 if nothing is left. */
function draw(random: Random, weights: Float64Array): number {
  let total = 0;
  for (let row = 0; row < weights.length; row++) total += weights[row]!;
  let left = total * random();
  for (let row = 0; row < weights.length; row++) {
    left -= weights[row]!;
    if (left < 0) return row;
  }
  return -1;
}
