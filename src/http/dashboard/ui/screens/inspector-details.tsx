/** A post in somebody's feed: its terms, reasons and ranks, and what the person may do with it. */
import { useState } from "preact/hooks";
import { call, pathOf, useRoute } from "../api.ts";
import { Icon, type IconName } from "../parts/icon.tsx";
import { Card, Failed } from "../parts/screen.tsx";
import { useNames } from "../parts/people.ts";
import { SearchBox } from "../parts/search-box.tsx";
import { Term } from "../parts/term.tsx";
import { TermsBar } from "../parts/terms-bar.tsx";
import type { Item, Post, Why } from "../parts/types.ts";

type DetailsProps = {
  readonly user: string;
  readonly mood: string;
  readonly category: string;
  readonly post: string | undefined;
  readonly item: Item | undefined;
  readonly summary: Post | undefined;
  readonly recommendationId: string | undefined;
  /** The largest score of the page, to which bars are drawn. */
  readonly most: number;
  readonly onSelect: (id: string) => void;
  readonly onChanged: () => void;
};

/** Details of the chosen post, and the search for one that is not in the feed. */
export function Details(props: DetailsProps) {
  const { user, mood, category, post, summary, item, most, onSelect } = props;
  const why = useRoute<Why>(post && pathOf("/recommendations/why", { user, post, mood, category }));
  const terms = item?.explain?.terms ?? why.value?.terms ?? {};
  const nameOf = useNames([user]);
  const sources = item?.explain?.sources ?? why.value?.found_by ?? [];
  return (
    <>
      <Card title="Why not this post?">
        <SearchBox
          label="Any post"
          kind="posts"
          placeholder="Title or id"
          onChoose={({ id }) => onSelect(id)}
        />
      </Card>
      {post === undefined ? (
        <Card title="Post">
          <p class="note">Choose a post of the feed, or search for any other.</p>
        </Card>
      ) : (
        <Card title={summary ? summary.title || "Untitled" : post} note={post}>
          {why.error && <Failed error={why.error} onRetry={why.reload} />}
          <Actions {...props} post={post} onChanged={() => (why.reload(), props.onChanged())} />
          <h3>Why, as told to {nameOf(user)}</h3>
          <ul class="facts why">
            {(why.value?.sentences ?? ["…"]).map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
          {Object.keys(terms).length > 0 && (
            <>
              <h3>Its score</h3>
              <TermsBar terms={terms} most={Math.max(most, ...Object.values(terms), 0.01)} />
            </>
          )}
          {sources.length > 0 && (
            <p class="note">
              Found by{" "}
              {sources.map((it, n) => (
                <>
                  {n > 0 && ", "}
                  <Term word={it} />
                </>
              ))}
            </p>
          )}
        </Card>
      )}
    </>
  );
}

type Action = {
  readonly kind: string;
  readonly words: string;
  readonly icon: IconName;
  readonly done: string;
};
const ACTIONS: readonly Action[] = [
  { kind: "like", words: "Like", icon: "heart", done: "Liked." },
  { kind: "view", words: "Finish", icon: "check", done: "Watched to the end." },
  { kind: "skip", words: "Skip", icon: "skip", done: "Skipped." },
  { kind: "hide", words: "Hide", icon: "hide", done: "Hidden." },
  { kind: "more", words: "More", icon: "more", done: "More like this." },
  { kind: "less", words: "Less", icon: "less", done: "Less like this." },
];
/** Length of a video that was watched to the end here, milliseconds. */
const LENGTH_MS = 20_000;

function Actions({
  user,
  post,
  recommendationId,
  onChanged,
}: DetailsProps & { readonly post: string }) {
  const [said, say] = useState("");
  const act = async ({ kind, done }: Action) => {
    const watched = kind === "view" ? { watched_ms: LENGTH_MS, duration_ms: LENGTH_MS } : {};
    const id = recommendationId === undefined ? {} : { recommendation_id: recommendationId };
    try {
      await call("POST", "/events", { user, post, kind, ...watched, ...id });
      say(`${done} The feed is ranked again.`);
      onChanged();
    } catch (cause) {
      say(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return (
    <>
      <div class="event-actions" role="group" aria-label={`As ${user}`}>
        {ACTIONS.map((it) => (
          <button key={it.kind} type="button" class="plain" onClick={() => void act(it)}>
            <Icon name={it.icon} />
            {it.words}
          </button>
        ))}
      </div>
      <p class="note said" role="status">
        {said}
      </p>
    </>
  );
}
