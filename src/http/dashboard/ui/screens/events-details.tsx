/** One event: what came, why it was not stored, or what it changed in its person's feed. */
import { pathOf, useRoute } from "../api.ts";
import { Named } from "../parts/named.tsx";
import { useNames } from "../parts/people.ts";
import { PostTile } from "../parts/post-tile.tsx";
import { usePosts } from "../parts/posts.ts";
import { Card, Failed } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { eventWords } from "../parts/words.ts";
import { FatePill } from "./events-fate.tsx";
import type { Effect, EventRow } from "./events-types.ts";

export function EventDetails({ row }: { readonly row: EventRow | undefined }) {
  const nameOf = useNames([row?.event.user ?? ""]);
  const postOf = usePosts(row?.event.post === undefined ? [] : [row.event.post]);
  if (row === undefined)
    return (
      <Card title="Event">
        <p class="note">
          Choose an event of the stream: what came, and what it changed in whose feed.
        </p>
      </Card>
    );
  const { fate, received_at, event, seq } = row;
  const { user, post } = event;
  return (
    <Card title="Event" note={`${received_at.replace("T", " ").slice(0, 19)} UTC`}>
      <p class="event-head">
        <FatePill fate={fate} />
        <strong>{eventWords(event)}</strong>
      </p>
      <dl class="event-facts">
        <dt>Person</dt>
        <dd>
          {user === undefined ? (
            "?"
          ) : (
            <a href={pathOf("/dashboard/feeds", { user })}>
              <Named id={user} name={nameOf(user)} />
            </a>
          )}
        </dd>
        <dt>Post</dt>
        <dd>
          <Named id={post} name={postOf(post ?? "")?.title} />
        </dd>
      </dl>
      <Reason row={row} />
      <details>
        <summary>As JSON</summary>
        <pre tabIndex={0} aria-label="The event as JSON">
          {JSON.stringify(event, null, 2)}
        </pre>
      </details>
      {seq !== null && <Changed seq={seq} />}
    </Card>
  );
}

/** Reason why an event was not stored, and advice. */
function Reason({ row: { fate, refusal } }: { readonly row: EventRow }) {
  if (fate === "duplicate")
    return (
      <p>
        It is stored already: this person has an event with the same <code>id</code>, or, where it
        has none, with the same post, kind and time. Nothing has to be done. If it happened twice,
        send it with another <code>id</code>.
      </p>
    );
  if (refusal === null) return null;
  const { field, detail } = refusal;
  return (
    <>
      <p class="error">
        {field !== "" && <code>{field}</code>} {detail}
      </p>
      <p>
        Nothing of it is stored. Send it again with {field === "" ? "this" : <code>{field}</code>}{" "}
        put right. The reply to the sender says what came; here it is not kept, since it may be
        personal.
      </p>
    </>
  );
}

/** Its effect on its person's feed. */
function Changed({ seq }: { readonly seq: number }) {
  const { value, error, isLoading, reload } = useRoute<Effect>(`/events/${seq}/effect`);
  const effect = isLoading ? undefined : value;
  const postOf = usePosts(effect ? [...new Set([...effect.before, ...effect.after])] : []);
  const title = (id: string) => postOf(id)?.title || id;
  if (error) return <Failed error={error} onRetry={reload} />;
  return (
    <section class="event-effect" aria-label="What it changed" aria-busy={isLoading}>
      <h3>What it changed in the feed</h3>
      <p>{effect?.words ?? "…"}</p>
      <ul tabIndex={0} aria-label="Posts that moved">
        {effect?.changes.map((it) => (
          <li key={it.id}>
            <PostTile id={it.id} post={postOf(it.id)} mark={it.rank_after ?? "–"}>
              <span class="event-move">
                <span class="pill">{it.change}</span> {placeOf(it.rank_before)} →{" "}
                {placeOf(it.rank_after)}
              </span>
              <span class="tile-reason">{it.words}</span>
            </PostTile>
          </li>
        ))}
      </ul>
      {effect && (
        <Table
          summary="Both lists"
          head={["Place", "Before", "After"]}
          rows={effect.after.map((id, n) => [n + 1, title(effect.before[n] ?? ""), title(id)])}
        />
      )}
    </section>
  );
}

const placeOf = (rank: number | null) => (rank === null ? "not in it" : `place ${rank}`);
