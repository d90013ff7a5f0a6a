/** Creators and catalogue health: how exposure is shared out, and which posts nobody gets to see. */
import type { Health } from "../../../routes/catalogue-health.ts";
import { pathOf, useRoute } from "../api.ts";
import { Card, Failed, Screen } from "../parts/screen.tsx";
import { Exposure, Figures } from "./creators-exposure.tsx";
import { CatalogueCards } from "./creators-health.tsx";
import { NewPosts } from "./creators-new-posts.tsx";
import { CreatorsList } from "./creators-list.tsx";
import { DaysChoice, useDays } from "./creators-parts.tsx";
import "./creators.css";

/** The screen. */
export function Creators() {
  const days = useDays();
  const { value, error, reload } = useRoute<Health>(pathOf("/catalogue/health", { days }));
  return (
    <Screen
      title="Creators"
      lead="Who is shown, how evenly, and which posts nobody gets to see."
      actions={<DaysChoice />}
    >
      {error && <Failed error={error} onRetry={reload} />}
      <div class="grid creators" aria-busy={value === undefined && !error}>
        {value === undefined ? (
          !error && (
            <Card title="Exposure">
              <p class="exposure-words">
                Counting what was shown, which takes seconds where the log is long …
              </p>
            </Card>
          )
        ) : (
          <>
            <Figures health={value} />
            <Exposure health={value} />
            <NewPosts health={value} />
            <CatalogueCards health={value} />
            <CreatorsList days={days} />
          </>
        )}
      </div>
    </Screen>
  );
}
