/** Parts of the overview: alarms, signals, quality, fallbacks. */
import { Rankings } from "../parts/rankings.tsx";
import { Table } from "../parts/table.tsx";
import { count, span } from "../parts/words.ts";
import type { Answered, Overview, Signal, Snapshot } from "./overview-types.ts";

/** The alarms, or that there is none. */
export function Alarms({ alarms }: Pick<Overview, "alarms">) {
  if (alarms.length === 0)
    return (
      <p class="alarms">
        <span class="pill good">all well</span> No signal has stopped, no part has failed, and
        quality has not fallen.
      </p>
    );
  return (
    <ul class="alarms">
      {alarms.map(({ kind, words }) => (
        <li key={words}>
          <span class="pill bad">{kind.replaceAll("_", " ")}</span>
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}

/** Time and way of the newest event. */
function lastOf({ synced_at: synced, pushed_at: pushed }: Signal): string {
  const [time, way] = (pushed ?? "") > (synced ?? "") ? [pushed, "push"] : [synced, "sync"];
  if (time === null) return "–";
  return `${way}, ${span(Math.max(0, (Date.now() - Date.parse(time)) / 1_000))} ago`;
}

const EFFECTS = { true: ["good", "yes"], false: ["bad", "none"], null: ["", "not tried"] } as const;

/** A line for each kind of event. */
export function Signals({ signals }: { readonly signals: readonly Signal[] }) {
  return (
    <>
      <Table
        caption="The most frequent first"
        head={["Signal", "Events", "Last", "Effect"]}
        rows={signals.map((it) => {
          const [style, words] = EFFECTS[`${it.has_effect}`];
          return [
            it.kind,
            count(it.events),
            lastOf(it),
            <span class={`pill ${style}`}>{words}</span>,
          ];
        })}
      />
      <p class="note">Effect: yes if one more such event changes the list of a made-up person.</p>
    </>
  );
}

/** nDCG of the blend and of each term alone, as bars with intervals, and the figures. */
export function QualityOf({ snapshot }: { readonly snapshot: Snapshot | null }) {
  if (!snapshot?.quality)
    return (
      <p class="note">
        {snapshot === null
          ? "There is no snapshot yet."
          : "Not measured yet: the first full learning does it, on events that it holds out. Until then the weights serve that vidrec comes with."}
      </p>
    );
  const { blend, others, before } = snapshot.quality;
  const rows = [blend, ...(before ? [{ ...before, name: "blend before" }] : []), ...others];
  return <Rankings rankings={rows} marked={blend.name} />;
}

/** Counts of replies that went wrong, and of pages with a fallback. */
export function Fallbacks({ answered }: { readonly answered: Answered }) {
  const fallbacks = Object.entries(answered.fallbacks).sort(([, a], [, b]) => b - a);
  return (
    <ul class="counts">
      <li>
        Requests <strong>{count(answered.requests)}</strong>
      </li>
      <li>
        Errors <strong>{count(answered.errors)}</strong>
      </li>
      <li>
        Refused <strong>{count(answered.refused)}</strong>
      </li>
      {fallbacks.map(([name, n]) => (
        <li key={name}>
          Pages with fallback “{name.replaceAll("_", " ")}” <strong>{count(n)}</strong>
        </li>
      ))}
      {fallbacks.length === 0 && <li class="note">No page needed a fallback.</li>}
    </ul>
  );
}
