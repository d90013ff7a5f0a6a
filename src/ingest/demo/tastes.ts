/** What viewers of the demo like: interests that cut across categories, as one number a theme. */
import { pick, type Random } from "../../linalg/random.ts";
import { CATEGORIES } from "./categories.ts";
import { THREADS } from "./material.ts";
import type { Theme, Thread, Tone } from "./material.ts";

/** Every theme of the catalogue; its place here is its row in a {@link Taste}. */
export const THEMES: readonly Theme[] = CATEGORIES.flatMap((category) => category.themes);

/** How much a theme pulls, 0 (not at all) to 1; one entry a theme. */
export type Taste = Float64Array;

const TONES: readonly Tone[] = ["calm", "driven", "practical", "warm", "playful", "frank"];

/** Themes that a thread runs through; most of all those it comes first in. */
export function threadTaste(thread: Thread): Taste {
  return Float64Array.from(THEMES, ({ threads }) =>
    threads[0] === thread ? 1 : threads.includes(thread) ? 0.75 : 0,
  );
}

/** Mostly a thread; at times one whole category, or everything of one tone. */
export function randomTaste(random: Random): Taste {
  const dice = random();
  if (dice < 0.7) return threadTaste(pick(random, THREADS));
  if (dice < 0.85) {
    const { themes } = pick(random, CATEGORIES);
    return Float64Array.from(THEMES, (theme) => (themes.includes(theme) ? 0.85 : 0));
  }
  const tone = pick(random, TONES);
  return Float64Array.from(THEMES, (theme) => (theme.tone === tone ? 0.6 : 0));
}

/**
 * How much every theme pulls at one moment of a viewer's life.
 *
 * @param drift  0 at the first visit, 1 at the last: earlier tastes fade, later ones come in.
 * @param isSteady  Whether all tastes hold all the time.
 */
export function pullAt(tastes: readonly Taste[], drift: number, isSteady: boolean): Taste {
  const pull = new Float64Array(THEMES.length);
  for (const [n, taste] of tastes.entries()) {
    const heyday = tastes.length === 1 ? drift : 0.15 + (0.7 * n) / (tastes.length - 1);
    const share = isSteady ? 1 : Math.max(0.15, 1 - 1.1 * Math.abs(drift - heyday));
    for (let row = 0; row < pull.length; row++)
      pull[row] = Math.max(pull[row]!, share * taste[row]!);
  }
  return pull;
}
