/** Creators and catalogue health: how exposure is shared out, and which posts nobody gets to see. */
import { useLocation } from "preact-iso";
import { pathOf, useRoute } from "../api.ts";
import { Failed, Screen } from "../parts/screen.tsx";
import { Exposure, Figures } from "./creators-exposure.tsx";
import { CatalogueCards } from "./creators-health.tsx";
import { CreatorsList } from "./creators-list.tsx";
import type { Health } from "./creators-types.ts";
import "./creators.css";

/** Spans that are offered, days. */
const SPANS = [1, 7, 30];
const DAYS = 7;

/** The days that the address names. */
export function useDays() {
  const { query, path, route } = useLocation();
  const days = Number(query["days"]) || DAYS;
  return [days, (it: number) => route(pathOf(path, { days: it }), true)] as const;
}

/** Choice of the days that figures are of. */
export function DaysChoice() {
  const [days, setDays] = useDays();
  const spans = [...new Set([...SPANS, days])].sort((a, b) => a - b);
  return (
    <label class="days-choice">
      Last
      <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
        {spans.map((it) => (
          <option key={it} value={it}>
            {it === 1 ? "day" : `${it} days`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The screen. */
export function Creators() {
  const [days] = useDays();
  const { value, error, reload } = useRoute<Health>(pathOf("/catalogue/health", { days }));
  return (
    <Screen
      title="Creators"
      lead="Who is shown, how evenly, and which posts nobody gets to see."
      actions={<DaysChoice />}
    >
      {error && <Failed error={error} onRetry={reload} />}
      <div class="grid creators" aria-busy={value === undefined}>
        <Figures health={value} />
        <Exposure health={value} />
        <CreatorsList days={days} />
        <CatalogueCards health={value} />
      </div>
    </Screen>
  );
}
