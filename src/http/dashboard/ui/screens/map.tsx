/** Catalogue map: posts on a plane of meaning, with somebody's history and feed drawn on it. */
import { useLocation } from "preact-iso";
import { useEffect, useMemo, useState } from "preact/hooks";
import { pathOf, useRoute } from "../api.ts";
import { Card, Failed, Screen } from "../parts/screen.tsx";
import { SearchBox } from "../parts/search-box.tsx";
import { count, percent } from "../parts/words.ts";
import { MapCanvas } from "./map-canvas.tsx";
import { coloured, WAYS, type Way } from "./map-colouring.ts";
import { Legend } from "./map-legend.tsx";
import { postsOf, type MapReply } from "./map-posts.ts";
import "./map.css";

/** What is shown, kept in the address. */
function useAddress() {
  const { query, route } = useLocation();
  const shown = {
    post: query["post"] ?? "",
    by: (Object.keys(WAYS) as Way[]).find((it) => it === query["by"]) ?? "category",
  };
  const change = (changed: Partial<typeof shown>) =>
    route(pathOf("/dashboard/map", { ...shown, ...changed }), true);
  return [shown, change] as const;
}

/** Milliseconds between two readings while texts wait for a vector. */
const EVERY_MS = 5_000;
const NONE: ReadonlySet<number> = new Set();

export function CatalogueMap() {
  const [{ post, by }, change] = useAddress();
  const [isWhole, setWhole] = useState(false);
  const { value: reply, error, reload } = useRoute<MapReply>("/map", isWhole ? 0 : EVERY_MS);
  useEffect(() => setWhole(reply?.without_vector === 0), [reply]);
  const posts = useMemo(() => reply && postsOf(reply), [reply]);
  const colouring = useMemo(() => posts && coloured(posts, by, Date.now()), [posts, by]);
  const [off, setOff] = useState<{ readonly by: Way; readonly buckets: ReadonlySet<number> }>();
  const hidden = off?.by === by ? off.buckets : NONE;
  const chosen = posts?.indexOf.get(post);
  const scene = useMemo(
    () => posts && colouring && { posts, colouring, hidden, rings: [], pins: [], chosen },
    [posts, colouring, hidden, chosen],
  );
  const label = `Map of ${count(posts?.ids.length ?? 0)} posts, coloured by ${WAYS[by].toLowerCase()}`;
  return (
    <Screen title="Catalogue map" lead="Posts near one another are about similar things.">
      {error && <Failed error={error} onRetry={reload} />}
      <div class="map" aria-busy={reply === undefined && error === undefined}>
        <section class="card map-main" aria-label="Map">
          <MapCanvas
            scene={scene}
            label={label}
            onChoose={(it) => change({ post: it === undefined ? "" : posts!.ids[it]! })}
          />
          <Notes reply={reply} />
        </section>
        <div class="map-side">
          <Card title="Find">
            <SearchBox
              label="Post"
              kind="posts"
              placeholder="Title or id"
              onChoose={({ id }) => change({ post: id })}
            />
          </Card>
          <Card title="Colours">
            <label>
              Colour by
              <select
                value={by}
                onChange={(event) => change({ by: event.currentTarget.value as Way })}
              >
                {Object.entries(WAYS).map(([way, name]) => (
                  <option key={way} value={way}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            {colouring && (
              <Legend
                buckets={colouring.buckets}
                hidden={hidden}
                onChange={(buckets) => setOff({ by, buckets })}
              />
            )}
          </Card>
        </div>
      </div>
    </Screen>
  );
}

/** What the plane tells and leaves out, in words. */
function Notes({ reply }: { readonly reply: MapReply | undefined }) {
  const [x = 0, y = 0] = reply?.explained ?? [];
  return (
    <>
      <p class="note" id="map-keys">
        Drag or arrow keys move, wheel or + and − zoom, 0 shows everything, Enter chooses the post
        in the middle.
      </p>
      <p class="note">
        {reply === undefined
          ? "…"
          : `The plane shows ${percent(x + y, 0)} of how the texts differ (principal components: ${percent(x)} across, ${percent(y)} up).`}
      </p>
    </>
  );
}
