/** Who watches the demo: made-up accounts, each with tastes, a stretch of activity and a size. */
import { between, gaussian, pick, shuffled, type Random } from "../../linalg/random.ts";
import { CREATORS, DEMO_END_MS, DEMO_START_MS } from "./catalogue.ts";
import { BIOS, HANDLE_ENDINGS, HANDLE_STARTS, ODD_HANDLES } from "./handles.ts";
import type { Format, Thread } from "./material.ts";
import { MAKING } from "./narration.ts";
import { THEMES, randomTaste, threadTaste } from "./tastes.ts";
import type { Taste } from "./tastes.ts";

/** An account that watches. */
export type Viewer = {
  readonly id: number;
  /** From 1. */
  readonly number: number;
  readonly username: string;
  readonly bio: string;
  readonly tastes: readonly Taste[];
  /** All tastes hold all the time, instead of one giving way to the next. */
  readonly isSteady: boolean;
  /** Liking for single themes beyond the tastes, one a theme, about −1 to 1. */
  readonly whims: Float64Array;
  /** The same for formats, one each. */
  readonly formatWhims: Float64Array;
  readonly fromMs: number;
  readonly toMs: number;
  /** How many posts they watch. */
  readonly views: number;
};

/** Accounts made for showing: what they like is in their names. They leave enough unseen to be recommended. */
export const SHOWCASE: Readonly<
  Record<string, { readonly threads: readonly Thread[]; readonly views: number }>
> = {
  "maya-runs": { threads: ["runner", "trail"], views: 26 },
  "study-owl": { threads: ["student"], views: 28 },
  "stage-and-trail": { threads: ["speaker", "trail"], views: 30 },
  "first-look": { threads: ["slow"], views: 1 },
  "just-arrived": { threads: [], views: 0 },
};

const DAY_MS = 86_400_000;
const VIEWERS = 400;
/** Viewers with one view or none, showcase included. */
const ALMOST_SILENT = 25;
const FIRST_ID = 100;
/** How videos are made; places in `formatWhims`. */
export const FORMATS: readonly Format[] = Object.keys(MAKING) as Format[];

/** All viewers, ascending by id: the showcase first. */
export function demoViewers(random: Random): readonly Viewer[] {
  const names = usernames(random);
  const shown = Object.entries(SHOWCASE);
  let id = Math.max(FIRST_ID, CREATORS);
  return Array.from({ length: VIEWERS }, (_, n) => {
    id += between(random, 1, 3);
    const [username, { threads, views }] = shown[n] ?? [
      names[n]!,
      { threads: undefined, views: viewsOf(random, n) },
    ];
    const tastes =
      threads?.map(threadTaste) ??
      Array.from({ length: pick(random, [1, 2, 2, 2, 3]) }, () => randomTaste(random));
    const hasBio = n < 3 || random() < 0.04;
    return {
      id,
      number: n + 1,
      username,
      bio: hasBio ? BIOS[strongest(tastes)] : "",
      tastes,
      isSteady: n < shown.length,
      whims: Float64Array.from(THEMES, () => gaussian(random)),
      formatWhims: Float64Array.from(FORMATS, () => gaussian(random)),
      ...activeFrom(random, views),
      views,
    };
  });
}

/** How many posts an ordinary viewer watches: half of them fewer than 38, a few some hundred. */
function viewsOf(random: Random, n: number): number {
  const silent = ALMOST_SILENT - 2; // two of the showcase are
  if (n >= VIEWERS - silent) return n % 5 < 2 ? 0 : 1;
  return Math.min(180, Math.max(2, Math.round(38 * Math.exp(0.9 * gaussian(random)))));
}

/** Busy accounts are around for long; those that watched one post came lately. */
function activeFrom(random: Random, views: number): { fromMs: number; toMs: number } {
  const spanMs = DEMO_END_MS - DEMO_START_MS;
  const latest = views <= 1 ? 1 : Math.max(0.3, 0.95 - views / 300);
  const earliest = views <= 1 ? 0.85 : 0.06;
  const fromMs = DEMO_START_MS + spanMs * (earliest + (latest - earliest) * random());
  const staysMs = (15 + views / 2 - 60 * Math.log(1 - random())) * DAY_MS;
  return { fromMs, toMs: Math.min(DEMO_END_MS, fromMs + staysMs) };
}

/** The thread whose themes a viewer's first taste pulls most. */
function strongest(tastes: readonly Taste[]): Thread {
  const row = tastes[0]?.indexOf(Math.max(...tastes[0])) ?? 0;
  return THEMES[row]!.threads[0];
}

/** "viewer-017" for half of them, else two words; a few odd ones, as there are everywhere. */
function usernames(random: Random): string[] {
  const pairs = shuffled(
    random,
    HANDLE_STARTS.flatMap((start) => HANDLE_ENDINGS.map((ending) => `${start}-${ending}`)),
  );
  const names = Array.from({ length: VIEWERS }, (_, n) =>
    random() < 0.5 ? `viewer-${String(n + 1).padStart(3, "0")}` : pairs[n]!,
  );
  const first = Object.keys(SHOWCASE).length;
  const places = shuffled(random, [...names.keys()].slice(first));
  for (const [n, name] of ODD_HANDLES.entries()) names[places[n]!] = name;
  return names;
}
