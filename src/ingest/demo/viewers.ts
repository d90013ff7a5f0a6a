/** The demo's viewers: made-up accounts with preferences, a span of activity and a number of views. */
import { DAY_MS } from "../../domain/day.ts";
import { between, gaussian, pick, shuffled, type Random } from "../../linalg/random.ts";
import { CREATORS, DEMO_END_MS, DEMO_START_MS } from "./catalogue.ts";
import { BIOS, HANDLE_ENDINGS, HANDLE_STARTS, ODD_HANDLES } from "./handles.ts";
import type { Format, Thread } from "./material.ts";
import { MAKING } from "./narration.ts";
import { THEMES, randomPreference, threadPreference, type Preference } from "./preferences.ts";

/** An account that watches. */
export type Viewer = {
  readonly id: number;
  /** Position among the viewers, from 1. */
  readonly number: number;
  readonly username: string;
  readonly bio: string;
  readonly preferences: readonly Preference[];
  /** True if all preferences hold all the time, false if each gives way to the next. */
  readonly isSteady: boolean;
  /** Random liking of single themes besides the preferences, a standard normal number a theme. */
  readonly themeBias: Float64Array;
  /** Random liking of formats, a standard normal number a format. */
  readonly formatBias: Float64Array;
  readonly fromMs: number;
  readonly toMs: number;
  /** Number of posts that they watch. */
  readonly views: number;
};

/** Accounts for trying the demo: their names say what they like, and they have not seen everything yet. */
export const SHOWCASE: Readonly<
  Record<string, { readonly threads: readonly Thread[]; readonly views: number }>
> = {
  "maya-runs": { threads: ["runner", "trail"], views: 26 },
  "study-owl": { threads: ["student"], views: 28 },
  "stage-and-trail": { threads: ["speaker", "trail"], views: 30 },
  "first-look": { threads: ["slow"], views: 1 },
  "just-arrived": { threads: [], views: 0 },
};

const VIEWERS = 400;
/** Viewers with one view or none, showcase included. */
const ALMOST_SILENT = 25;
const FIRST_ID = 100;
/** Every format of a video, in the order of `formatBias`. */
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
    const preferences =
      threads?.map(threadPreference) ??
      Array.from({ length: pick(random, [1, 2, 2, 2, 3]) }, () => randomPreference(random));
    const hasBio = n < 3 || random() < 0.04;
    return {
      id,
      number: n + 1,
      username,
      bio: hasBio ? BIOS[mainThread(preferences)] : "",
      preferences,
      isSteady: n < shown.length,
      themeBias: Float64Array.from(THEMES, () => gaussian(random)),
      formatBias: Float64Array.from(FORMATS, () => gaussian(random)),
      ...activeFrom(random, views),
      views,
    };
  });
}

/** Views of an ordinary viewer: the median is 38, a few have more than a hundred. */
function viewsOf(random: Random, n: number): number {
  const silent = ALMOST_SILENT - 2; // two of the showcase are
  if (n >= VIEWERS - silent) return n % 5 < 2 ? 0 : 1;
  return Math.min(180, Math.max(2, Math.round(38 * Math.exp(0.9 * gaussian(random)))));
}

/** Span of activity: long for busy accounts, recent for those with a single view. */
function activeFrom(random: Random, views: number): { fromMs: number; toMs: number } {
  const spanMs = DEMO_END_MS - DEMO_START_MS;
  const latest = views <= 1 ? 1 : Math.max(0.3, 0.95 - views / 300);
  const earliest = views <= 1 ? 0.85 : 0.06;
  const fromMs = DEMO_START_MS + spanMs * (earliest + (latest - earliest) * random());
  const staysMs = (15 + views / 2 - 60 * Math.log(1 - random())) * DAY_MS;
  return { fromMs, toMs: Math.min(DEMO_END_MS, fromMs + staysMs) };
}

/** Main thread of the theme that a viewer's first preference is mainThread for. */
function mainThread(preferences: readonly Preference[]): Thread {
  const row = preferences[0]?.indexOf(Math.max(...preferences[0])) ?? 0;
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
