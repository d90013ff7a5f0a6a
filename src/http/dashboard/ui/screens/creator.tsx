/** A creator: what is shown of them and why, and why the rest is not. */
import { useRoute as useMatch } from "preact-iso";
import { pathOf, useRoute } from "../api.ts";
import { Card, Failed, Screen, Stat } from "../parts/screen.tsx";
import { count, percent } from "../parts/words.ts";
import { DaysChoice, useDays } from "./creators.tsx";
import type { Creator as Reply } from "./creators-types.ts";

export function Creator() {
  const id = useMatch().params["id"] ?? "";
  const [days] = useDays();
  const { value, error, reload } = useRoute<Reply>(pathOf(`/creators/${encodeURIComponent(id)}`, { days, limit: 50 })); // prettier-ignore
  return (
    <Screen title={id} lead="A creator: what is shown of them, and why." actions={<DaysChoice />}>
      <p>
        <a href={pathOf("/dashboard/creators", { days })}>All creators</a>
      </p>
      {error && <Failed error={error} onRetry={reload} />}
      <Card title="Shown">
        <dl class="stats">
          <Stat
            name="Impressions"
            value={value ? count(value.impressions) : "–"}
            note={value && percent(value.share)}
          />
        </dl>
      </Card>
    </Screen>
  );
}
