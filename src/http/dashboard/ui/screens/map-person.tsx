/** Somebody on the map: their history as rings, their feed as numbered pins, and both as lists. */
import { useMemo } from "preact/hooks";
import { pathOf, useRoute } from "../api.ts";
import { useNames } from "../parts/people.ts";
import { usePosts } from "../parts/posts.ts";
import { Card, Failed } from "../parts/screen.tsx";
import { SearchBox } from "../parts/search-box.tsx";
import type { PastEvents, Recommendations } from "../parts/types.ts";
import { NEWCOMER } from "../parts/whose.tsx";
import { count } from "../parts/words.ts";
import type { MapPosts } from "./map-posts.ts";

/** Events and posts of the feed that are drawn. */
const EVENTS = 100;
const FEED = 20;

/** Ids of the posts of somebody's history, each once, and of their feed. */
export type Somebody = {
  readonly history: readonly string[];
  readonly feed: readonly string[];
  readonly error: string | undefined;
};

const NOBODY: readonly string[] = [];

/** History and feed of somebody; of a newcomer the feed alone, and nothing for "". */
export function useSomebody(user: string): Somebody {
  const isKnown = user !== "" && user !== NEWCOMER;
  const path = `/users/${encodeURIComponent(user)}/events`;
  const past = useRoute<PastEvents>(isKnown ? pathOf(path, { limit: EVENTS }) : undefined);
  const feed = useRoute<Recommendations>(
    user === "" ? undefined : pathOf("/recommendations", { user, limit: FEED, preview: true }),
  );
  const [events, items] = [past.value?.events, feed.value?.items];
  return useMemo(
    () => ({
      history: isKnown && events ? [...new Set(events.map(({ post }) => post))] : NOBODY,
      feed: user !== "" && items ? items.map(({ id }) => id) : NOBODY,
      error: past.error ?? feed.error,
    }),
    [isKnown, user, events, items, past.error, feed.error],
  );
}

/** Places on the map of posts that are on it. */
export const placesOf = (ids: readonly string[], { indexOf }: MapPosts): number[] =>
  ids.flatMap((id) => indexOf.get(id) ?? []);

type PersonCardProps = {
  readonly user: string;
  readonly somebody: Somebody;
  readonly posts: MapPosts | undefined;
  readonly onPerson: (user: string) => void;
  readonly onPost: (id: string) => void;
};

/** The choice of somebody, and what is drawn of them. */
export function PersonCard({ user, somebody, posts, onPerson, onPost }: PersonCardProps) {
  const { history, feed, error } = somebody;
  const name = useNames([user])(user);
  return (
    <Card title="Person" note={name || undefined}>
      <SearchBox
        label="Somebody's history and feed"
        kind="people"
        placeholder="Name or id"
        first={[{ id: NEWCOMER, name: "A newcomer", note: "no history" }]}
        onChoose={({ id }) => onPerson(id)}
      />
      {error && <Failed error={error} />}
      {user !== "" && posts && (
        <>
          <Listed
            mark="ring"
            name="History, the newest first"
            ids={history}
            posts={posts}
            onPost={onPost}
          />
          <Listed mark="pin" name="Feed" ids={feed} posts={posts} onPost={onPost} />
          <button type="button" class="plain" onClick={() => onPerson("")}>
            Take {name} off the map
          </button>
        </>
      )}
    </Card>
  );
}

type ListedProps = {
  readonly mark: "ring" | "pin";
  readonly name: string;
  readonly ids: readonly string[];
  readonly posts: MapPosts;
  readonly onPost: (id: string) => void;
};

/** A folded list of posts, with how many of them are on the map. */
function Listed({ mark, name, ids, posts, onPost }: ListedProps) {
  const postOf = usePosts(ids);
  const missing = ids.length - placesOf(ids, posts).length;
  return (
    <details class="map-listed">
      <summary>
        <span class={`map-mark ${mark}`} aria-hidden="true" />
        {name} <span class="figure">{count(ids.length)}</span>
        {missing > 0 && <span class="note">, {count(missing)} not on the map</span>}
      </summary>
      <ol>
        {ids.map((id) => (
          <li key={id}>
            <button
              type="button"
              class="quiet"
              disabled={!posts.indexOf.has(id)}
              onClick={() => onPost(id)}
            >
              {postOf(id)?.title || id}
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}
