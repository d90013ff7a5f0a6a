/** Colours of the map: what they stand for, and a legend whose lines take posts off the map and put them back. */
import { Card } from "../parts/screen.tsx";
import { count } from "../parts/words.ts";
import { SelectField } from "../parts/select-field.tsx";
import { WAYS, type Bucket, type Way } from "./map-colouring.ts";

type LegendProps = {
  readonly buckets: readonly Bucket[];
  readonly hidden: ReadonlySet<number>;
  readonly onHidden: (hidden: ReadonlySet<number>) => void;
  /** A line is pointed at, or none any more. */
  readonly onPoint: (bucket: number | undefined) => void;
};

type ColoursProps = LegendProps & { readonly by: Way; readonly onBy: (by: Way) => void };

/** The card. */
export function Colours({ by, onBy, ...legend }: ColoursProps) {
  return (
    <Card title="Colours">
      <SelectField
        label="Colour by"
        value={by}
        options={Object.entries(WAYS) as [Way, string][]}
        onChange={onBy}
      />
      <Legend {...legend} />
    </Card>
  );
}

function Legend({ buckets, hidden, onHidden, onPoint }: LegendProps) {
  const all = new Set(buckets.keys());
  const colours = buckets.filter(({ posts }) => posts > 0).map(({ colour }) => colour);
  const toggle = (bucket: number) => onHidden(hidden.symmetricDifference(new Set([bucket])));
  return (
    <>
      {new Set(colours).size < colours.length && (
        <p class="note map-shared">Grey is shared: point at a line to see its posts alone.</p>
      )}
      <ul class="map-legend">
        {buckets.map(({ name, colour, posts }, bucket) =>
          posts === 0 ? null : (
            <li key={name}>
              <button
                onMouseEnter={() => onPoint(bucket)}
                onMouseLeave={() => onPoint(undefined)}
                onFocus={() => onPoint(bucket)}
                onBlur={() => onPoint(undefined)}
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
          onClick={() => onHidden(new Set())}
        >
          Show all
        </button>
        <button
          type="button"
          class="plain"
          disabled={hidden.size === all.size}
          onClick={() => onHidden(all)}
        >
          Hide all
        </button>
      </div>
    </>
  );
}
