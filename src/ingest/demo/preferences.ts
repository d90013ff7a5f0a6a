/** Preferences of the demo's viewers, most of them across categories: a number a theme. */
import { pick, type Random } from "../../linalg/random.ts";
import { CATEGORIES } from "./categories.ts";
import { THREADS } from "./handles.ts";
import type { Theme, Thread, Tone } from "./material.ts";
import { FEELING } from "./narration.ts";

/** Every theme of the catalogue; its index here is its entry in a {@link Preference}. */
export const THEMES: readonly Theme[] = CATEGORIES.flatMap((category) => category.themes);

/** A viewer's liking for each theme, 0 to 1; one entry a theme. */
export type Preference = Float64Array;

const TONES = Object.keys(FEELING) as Tone[];

/** A preference for the themes of a thread, strongest for those whose main thread it is. */
export function threadPreference(thread: Thread): Preference {
  return Float64Array.from(THEMES, ({ threads }) =>
    threads[0] === thread ? 1 : threads.includes(thread) ? 0.75 : 0,
  );
}

/** A preference for a thread in most cases, else for one category or for one tone. */
export function randomPreference(random: Random): Preference {
  const dice = random();
  if (dice < 0.7) return threadPreference(pick(random, THREADS));
  if (dice < 0.85) {
    const { themes } = pick(random, CATEGORIES);
    return Float64Array.from(THEMES, (theme) => (themes.includes(theme) ? 0.85 : 0));
  }
  const tone = pick(random, TONES);
  return Float64Array.from(THEMES, (theme) => (theme.tone === tone ? 0.6 : 0));
}

/**
 * A viewer's preference at one moment: the strongest of theirs for each theme.
 *
 * @param drift  0 at the first visit, 1 at the last: earlier preferences give way to later ones.
 * @param isSteady  True if all preferences hold all the time instead.
 */
export function preferenceAt(
  preferences: readonly Preference[],
  drift: number,
  isSteady: boolean,
): Preference {
  const preference = new Float64Array(THEMES.length);
  for (const [n, own] of preferences.entries()) {
    const heyday = preferences.length === 1 ? drift : 0.15 + (0.7 * n) / (preferences.length - 1);
    const share = isSteady ? 1 : Math.max(0.15, 1 - 1.1 * Math.abs(drift - heyday));
    for (let row = 0; row < preference.length; row++)
      preference[row] = Math.max(preference[row]!, share * own[row]!);
  }
  return preference;
}
