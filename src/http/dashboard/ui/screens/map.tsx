/** Catalogue map: posts on a plane of meaning, with somebody's history and feed drawn on it. */
import type { MapReply } from "../../../routes/map.ts";
import { useLocation } from "preact-iso";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { pathOf, useRoute } from "../api.ts";
import { Card, Failed, Screen } from "../parts/screen.tsx";
import { SearchBox } from "../parts/search-box.tsx";
import { count, percent } from "../parts/words.ts";
import { MapCanvas } from "./map-canvas.tsx";
import { coloured, WAYS, type Way } from "./map-colouring.ts";
import { Figures } from "./map-figures.tsx";
import { Colours } from "./map-legend.tsx";
import { Chosen } from "./map-chosen.tsx";
import { PersonCard, placesOf, useSomebody } from "./map-person.tsx";
import { postsOf } from "./map-posts.ts";
import "./map.css";

/** State of the screen, kept in the address. */
function useAddress() {
  const { query, route } = useLocation();
  const shown = {
    user: query["user"] ?? "",
    post: query["post"] ?? "",
    by: (Object.keys(WAYS) as Way[]).find((it) => it === query["by"]) ?? "category",
  };
  const change = (changed: Partial<typeof shown>) =>
    route(pathOf("/dashboard/map", { ...shown, ...changed }), true);
  return [shown, change] as const;
}

/** The map, read again until it has all vectors and counts; some texts may never have a vector. */
function useMap() {
  const [isWhole, setWhole] = useState(false);
  const idle = useRef({ waiting: -1, readings: 0 });
  const { value: reply, error, reload } = useRoute<MapReply>("/map", isWhole ? 0 : EVERY_MS);
  useEffect(() => {
    if (reply === undefined) return;
    const waiting = reply.without_vector;
    const readings = waiting === idle.current.waiting ? idle.current.readings + 1 : 0;
    idle.current = { waiting, readings };
    const isStill = waiting === 0 || readings >= READINGS;
    setWhole(isStill && reply.posts.shown !== undefined);
  }, [reply]);
  const posts = useMemo(() => reply && postsOf(reply), [reply]);
  return { reply, posts, error, reload };
}

/** Milliseconds between two readings of an unfinished map, and readings without a change after which it stays so. */
const EVERY_MS = 5_000;
const READINGS = 6;
const NONE: ReadonlySet<number> = new Set();

export function CatalogueMap() {
  const [{ user, post, by }, change] = useAddress();
  const { reply, posts, error, reload } = useMap();
  const colouring = useMemo(() => posts && coloured(posts, by, Date.now()), [posts, by]);
  const [off, setOff] = useState<{ readonly by: Way; readonly buckets: ReadonlySet<number> }>();
  const [lit, light] = useState<number>();
  const hidden = off?.by === by ? off.buckets : NONE;
  const somebody = useSomebody(user);
  const scene = useMemo(
    () =>
      posts &&
      colouring && {
        ...{ posts, colouring, hidden, lit },
        rings: placesOf(somebody.history, posts),
        pins: somebody.feed.map((id) => posts.indexOf.get(id)),
        chosen: posts.indexOf.get(post),
      },
    [posts, colouring, hidden, lit, somebody, post],
  );
  const choose = (id: string) => change({ post: id });
  const label = `Map of ${count(posts?.ids.length ?? 0)} posts, coloured by ${WAYS[by].toLowerCase()}`;
  return (
    <Screen title="Catalogue map" lead="Posts near one another are about similar things.">
      {error && <Failed error={error} onRetry={reload} />}
      <div class="map" aria-busy={reply === undefined && error === undefined}>
        <section class="card map-main" aria-label="Map">
          <MapCanvas
            scene={scene}
            label={label}
            onChoose={(it) => choose(it === undefined ? "" : posts!.ids[it]!)}
          />
          <Notes reply={reply} by={by} />
          {posts && colouring && <Figures posts={posts} colouring={colouring} by={by} />}
        </section>
        <div class="map-side">
          {post !== "" && posts && <Chosen id={post} user={user} posts={posts} onPost={choose} />}
          <Card title="Find">
            <SearchBox
              label="Post"
              kind="posts"
              placeholder="Title or id"
              onChoose={({ id }) => choose(id)}
            />
          </Card>
          <PersonCard
            {...{ user, somebody, posts }}
            onPerson={(id) => change({ user: id })}
            onPost={choose}
          />
          <Colours
            {...{ by, hidden }}
            buckets={colouring?.buckets ?? []}
            onBy={(it) => change({ by: it })}
            onHidden={(buckets) => setOff({ by, buckets })}
            onPoint={light}
          />
        </div>
      </div>
    </Screen>
  );
}

/** Notes on what the plane shows and leaves out. */
function Notes({ reply, by }: { readonly reply: MapReply | undefined; readonly by: Way }) {
  const [x = 0, y = 0] = reply?.explained ?? [];
  return (
    <div class="note map-notes">
      <p id="map-keys">
        Drag or arrow keys move; wheel, pinch, + and − zoom; 0 shows everything. Enter chooses the
        post in the middle.
      </p>
      {reply && (
        <p>
          {`The plane shows ${percent(x + y, 0)} of how the texts differ: ${percent(x)} across, ${percent(y)} up. `}
          Posts far apart differ; near ones may still differ in other ways. {leftOut(reply)}{" "}
          {by === "shown" &&
            reply.shown_since &&
            `Shown is counted since ${reply.shown_since.slice(0, 10)}.`}
        </p>
      )}
    </div>
  );
}

function leftOut({ without_vector: waiting, not_shown: notShown }: MapReply): string {
  const parts = [
    waiting > 0 && `posts whose text has no vector yet (${count(waiting)})`,
    notShown > 0 && `posts that may not be shown (${count(notShown)})`,
  ].filter((it) => it !== false);
  return parts.length === 0 ? "Every post is on it." : `It leaves out ${parts.join(" and ")}.`;
}
