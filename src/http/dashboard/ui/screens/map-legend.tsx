/** Legend of the map: a line for each colour, which a press takes off the map or puts back. */
import { count } from "../parts/words.ts";
import type { Bucket } from "./map-colouring.ts";

type LegendProps = {
  readonly buckets: readonly Bucket[];
  readonly hidden: ReadonlySet<number>;
  readonly onChange: (hidden: ReadonlySet<number>) => void;
};

/** The legend. */
export function Legend({ buckets, hidden, onChange }: LegendProps) {
  const all = new Set(buckets.keys());
  const toggle = (bucket: number) => onChange(hidden.symmetricDifference(new Set([bucket])));
  return (
    <>
      <ul class="map-legend">
        {buckets.map(({ name, colour, posts }, bucket) =>
          posts === 0 ? null : (
            <li key={name}>
              <button
                type="button"
                class="quiet"
                aria-pressed={!hidden.has(bucket)}
                onClick={() => toggle(bucket)}
              >
                <span class="map-dot" style={{ background: `var(${colour})` }} />
                <span class="map-name">{name}</span>
                <span class="figure">{count(posts)}</span>
              </button>
            </li>
          ),
        )}
      </ul>
      <div class="actions map-all">
        <button
          type="button"
          class="plain"
          disabled={hidden.size === 0}
          onClick={() => onChange(new Set())}
        >
          Show all
        </button>
        <button
          type="button"
          class="plain"
          disabled={hidden.size === all.size}
          onClick={() => onChange(all)}
        >
          Hide all
        </button>
      </div>
    </>
  );
}
