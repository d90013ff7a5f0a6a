/** Feed inspector: somebody's feed as a phone shows it, and for any post why it is there or not. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { pathOf, useRoute } from "../api.ts";
import { Named } from "../parts/named.tsx";
import { useNames } from "../parts/people.ts";
import { PostTile } from "../parts/post-tile.tsx";
import { usePosts } from "../parts/posts.ts";
import { Card, Failed, Screen } from "../parts/screen.tsx";
import type { Recommendations } from "../parts/types.ts";
import { NEWCOMER, Whose, type Choice } from "../parts/whose.tsx";
import { audience } from "../parts/words.ts";
import "./inspector.css";
import { About, usePerson } from "./inspector-about.tsx";
import { Details } from "./inspector-details.tsx";

/** Posts of the phone's page. */
const LIMIT = 20;

/** The choice of whose feed it is, kept in the address. */
function useChoice() {
  const { query, route } = useLocation();
  const choice = {
    user: query["user"] || NEWCOMER,
    mood: query["mood"] ?? "",
    category: query["category"] ?? "",
  };
  const change = (changed: Partial<Choice>) =>
    route(pathOf("/dashboard/feeds", { ...choice, ...changed }), true);
  return [choice, change] as const;
}

export function Inspector() {
  const [{ user, mood, category }, change] = useChoice();
  const [selected, select] = useState(useLocation().query["post"]);
  const choice = { user, mood, category };
  const path = pathOf("/recommendations", { ...choice, limit: LIMIT, explain: true, preview: true }); // prettier-ignore
  const feed = useRoute<Recommendations>(path);
  const person = usePerson(user === NEWCOMER ? undefined : user);
  const items = feed.value?.items ?? [];
  const postOf = usePosts([...items.map(({ id }) => id), ...(selected ? [selected] : [])]);
  // The list before the last event, so that what moved can say from where.
  const [before, setBefore] = useState<{ path: string; ids: readonly string[] }>();
  const placesBefore = before?.path === path ? before.ids : undefined;
  const name = useNames([user])(user);
  const most = Math.max(...items.map(({ score }) => score), 0.01);
  return (
    <Screen title="Feed inspector" lead="What somebody is shown, and why.">
      <div class="inspector">
        <div class="inspector-side">
          <Card title="Whose feed">
            <Whose choice={choice} onChange={change} />
          </Card>
          <About {...{ person, selected }} onChange={change} onSelect={select} />
        </div>
        <section class="phone" aria-label="Feed" aria-busy={feed.isLoading}>
          <header>
            <strong>
              <Named id={user} name={name} />
            </strong>
            <span class="pill">{audience(feed.value?.meta.audience)}</span>
          </header>
          {feed.error && <Failed error={feed.error} onRetry={feed.reload} />}
          <ol>
            {items.map((it) => (
              <li key={it.id}>
                <PostTile
                  id={it.id}
                  post={postOf(it.id)}
                  mark={it.position}
                  isSelected={it.id === selected}
                  onSelect={() => select(it.id)}
                >
                  <Moved id={it.id} place={it.position} before={placesBefore} />
                  <span class="tile-reason">{it.explain?.reasons[0] ?? "fills the page up"}</span>
                </PostTile>
              </li>
            ))}
          </ol>
          {feed.value && items.length === 0 && <p class="note">There is nothing to show yet.</p>}
        </section>
        <div class="inspector-side">
          <Details
            {...choice}
            post={selected}
            item={items.find(({ id }) => id === selected)}
            summary={selected === undefined ? undefined : postOf(selected)}
            recommendationId={feed.value?.recommendation_id}
            most={most}
            onSelect={select}
            onChanged={() => {
              setBefore({ path, ids: items.map(({ id }) => id) });
              feed.reload();
              person.reload();
            }}
          />
        </div>
      </div>
    </Screen>
  );
}

type MovedProps = {
  readonly id: string;
  readonly place: number;
  readonly before: readonly string[] | undefined;
};

/** A post's place before the last event, if it was elsewhere. */
function Moved({ id, place, before }: MovedProps) {
  const was = before === undefined ? place : before.indexOf(id) + 1;
  if (was === place) return null;
  return <span class="pill">{was === 0 ? "new here" : `was ${was}`}</span>;
}
