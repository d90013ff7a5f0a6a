/** The chosen post of the map: facts about it, posts like it, and ways to the other screens. */
import { pathOf, useRoute } from "../api.ts";
import { useNames } from "../parts/people.ts";
import { PostTile } from "../parts/post-tile.tsx";
import { usePosts } from "../parts/posts.ts";
import { Card, Failed } from "../parts/screen.tsx";
import { NEWCOMER } from "../parts/whose.tsx";
import { count, percent, span } from "../parts/words.ts";
import type { MapPosts } from "./map-posts.ts";

type Similar = {
  readonly post: readonly { readonly id: number | string; readonly title: string }[];
  readonly similarity: readonly number[];
};
type ChosenProps = {
  readonly id: string;
  readonly user: string;
  readonly posts: MapPosts;
  readonly onPost: (id: string) => void;
};

/** Posts like it that are listed. */
const LIKE_IT = 5;

/** The card of the chosen post. */
export function Chosen({ id, user, posts, onPost }: ChosenProps) {
  const post = usePosts([id])(id);
  const like = useRoute<Similar>(pathOf(`/posts/${encodeURIComponent(id)}/similar`, { limit: LIKE_IT })); // prettier-ignore
  const at = posts.indexOf.get(id);
  const nameOf = useNames([user]);
  return (
    <Card title="Chosen post" note={id}>
      <PostTile id={id} post={post} />
      <ul class="facts">
        {at === undefined ? (
          <li>It is not on the map: its text has no vector yet, or it may not be shown.</li>
        ) : (
          <Facts posts={posts} at={at} />
        )}
      </ul>
      <p class="actions map-links">
        <a href={pathOf("/dashboard/feeds", { user: user || NEWCOMER, post: id })}>
          Why, or why not, for {nameOf(user) || NEWCOMER}?
        </a>
      </p>
      <h3>Posts like it</h3>
      {like.error && <Failed error={like.error} onRetry={like.reload} />}
      <ul class="facts map-like" aria-busy={like.isLoading}>
        {like.value?.post.map((it, n) => (
          <li key={it.id}>
            <button type="button" class="quiet" onClick={() => onPost(String(it.id))}>
              {it.title || "Untitled"}
            </button>
            <span class="figure">{percent(like.value!.similarity[n]!, 0)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Facts({ posts, at }: { readonly posts: MapPosts; readonly at: number }) {
  const [createdAtMs, shown] = [posts.createdAtMs[at]!, posts.shown?.[at]];
  const line = (name: string, value: string) => (
    <li>
      {name}
      <span class="figure">{value}</span>
    </li>
  );
  return (
    <>
      {line("Category", posts.categories[posts.category[at]!] ?? "none")}
      {line("Age", span(Math.max(0, Date.now() - createdAtMs) / 1_000))}
      {line("Shown", shown === undefined ? "is being counted" : `${count(shown)} times`)}
    </>
  );
}
