/** Overview: whether everything is alive. */
import { useRoute } from "../api.ts";
import { Card, Failed, Screen, Stat } from "../parts/screen.tsx";
import { count } from "../parts/words.ts";

type About = {
  readonly posts: number;
  readonly people: number;
  readonly events: number;
  readonly catalogue: string;
};

export function Overview() {
  const about = useRoute<About>("/", 5_000);
  return (
    <Screen title="Overview" lead="Is everything alive?">
      <div class="grid">
        <Card title="Stored">
          {about.error && <Failed error={about.error} onRetry={about.reload} />}
          <dl class="stats">
            <Stat name="Posts" value={about.value ? count(about.value.posts) : "…"} />
            <Stat name="People" value={about.value ? count(about.value.people) : "…"} />
            <Stat name="Events" value={about.value ? count(about.value.events) : "…"} />
          </dl>
        </Card>
      </div>
    </Screen>
  );
}
