/** Score terms as one stacked bar, with their figures in a list. */
import { Term } from "./term.tsx";
import type { Terms } from "./types.ts";

/** Terms below this share of the largest are left out of the bar. */
const SMALLEST = 0.01;

/** Colours of series in base.css: one for each term. */
export const COLOURS = 12;

/** The bar: positive terms to the right of nothing, in order of size; negative ones are listed. */
export function TermsBar({ terms, most }: { readonly terms: Terms; readonly most: number }) {
  const all = Object.entries(terms)
    .filter(([, it]) => it !== 0)
    .sort(([, a], [, b]) => b - a);
  const positive = all.filter(([, it]) => it > SMALLEST * most);
  const names = Object.keys(terms);
  const colour = (name: string) => `var(--series-${1 + (names.indexOf(name) % COLOURS)})`;
  return (
    <div class="terms">
      <div
        class="terms-bar"
        role="img"
        aria-label={all.map(([name, it]) => `${name} ${it.toFixed(2)}`).join(", ")}
      >
        {positive.map(([name, it]) => (
          <span
            key={name}
            title={`${name} ${it.toFixed(2)}`}
            style={{ width: `${(100 * it) / most}%`, background: colour(name) }}
          />
        ))}
      </div>
      <ul class="terms-list">
        {all.map(([name, it]) => (
          <li key={name}>
            <span class="dot" style={{ background: colour(name) }} />
            <Term word={name} />
            <span class="figure">{it.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
