/** Facts about somebody: what they did lately, how much of each kind, and their taste in words. */
import { pathOf, useRoute } from "../api.ts";
import { Named } from "../parts/named.tsx";
import { useNewest } from "../parts/people.ts";
import { PostTile } from "../parts/post-tile.tsx";
import { usePosts } from "../parts/posts.ts";
import { Card, Failed } from "../parts/screen.tsx";
import type { PastEvents } from "../parts/types.ts";
import type { Choice } from "../parts/whose.tsx";
import { count, eventWords, span } from "../parts/words.ts";

type Known = {
  readonly name?: string;
  readonly events: Readonly<Record<string, number>>;
};
type Taste = { readonly words: readonly string[] | string };

/** Events that are listed. */
const LISTED = 30;
/** People who were here last, listed for a newcomer. */
const NEWEST = 8;

/** Known facts about somebody; `undefined` for a newcomer. */
export type Person = ReturnType<typeof usePerson>;

/** Reads what is known of somebody. */
export function usePerson(user: string | undefined) {
  const path = user === undefined ? undefined : `/users/${encodeURIComponent(user)}`;
  const known = useRoute<Known>(path);
  const past = useRoute<PastEvents>(path && pathOf(`${path}/events`, { limit: LISTED }));
  const taste = useRoute<Taste>(path && `${path}/taste`);
  const reload = () => [known, past, taste].forEach((it) => it.reload());
  return { isNewcomer: user === undefined, known, past, taste, reload };
}

type AboutProps = {
  readonly person: Person;
  readonly onChange: (changed: Partial<Choice>) => void;
  readonly selected: string | undefined;
  readonly onSelect: (post: string) => void;
};

/** The cards. */
export function About({
  person: { isNewcomer, known, past, taste },
  onChange,
  ...choice
}: AboutProps) {
  if (isNewcomer) return <Newest onChange={onChange} />;
  const kinds = Object.entries(known.value?.events ?? {}).sort(([, a], [, b]) => b - a);
  const words = taste.value?.words ?? [];
  return (
    <div class="inspector-past">
      <Card title="History" note="the newest first">
        {known.error && <Failed error={known.error} />}
        <p class="kinds">
          {kinds.map(([kind, n]) => (
            <span key={kind} class="pill">
              {kind} {count(n)}
            </span>
          ))}
        </p>
        <Events events={past.value?.events ?? []} {...choice} />
      </Card>
      <Card title="Taste" note="as told to them">
        {taste.error && <Failed error={taste.error} />}
        <ul class="facts">
          {(typeof words === "string" ? [words] : words).map((it) => (
            <li key={it}>{it}</li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

/** People who were here last, in the place of a newcomer's history. */
function Newest({ onChange }: Pick<AboutProps, "onChange">) {
  const newest = useNewest(NEWEST);
  return (
    <div class="inspector-past">
      <Card title="History">
        <p class="note">None: this is the list of everybody who is new.</p>
        <h3>Here last</h3>
        <ul class="newest">
          {newest?.length === 0 && (
            <li class="note">Nobody yet: send an event to see its person here.</li>
          )}
          {newest?.map(({ id, name }) => (
            <li key={id}>
              <button type="button" class="quiet" onClick={() => onChange({ user: id })}>
                <Named id={id} name={name} />
              </button>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

type EventsProps = Omit<AboutProps, "person" | "onChange"> & {
  readonly events: PastEvents["events"];
};

/** Somebody's newest events, a line for each post that they stayed with. */
function Events({ events, selected, onSelect }: EventsProps) {
  const postOf = usePosts(events.map(({ post }) => post));
  return (
    <ol class="history" aria-label="What they did">
      {stays(events).map((stay) => {
        const { post, at } = stay[0]!;
        const seconds = Math.max(0, Date.now() - Date.parse(at)) / 1_000;
        return (
          <li key={`${post} ${at}`}>
            <PostTile
              id={post}
              post={postOf(post)}
              isSelected={post === selected}
              onSelect={() => onSelect(post)}
            >
              <span class="tile-reason">
                {stay.map(eventWords).join(", ")}: {span(seconds)} ago
              </span>
            </PostTile>
          </li>
        );
      })}
    </ol>
  );
}

type Event = PastEvents["events"][number];

/** Events in runs of the same post. */
function stays(events: readonly Event[]): Event[][] {
  const runs: Event[][] = [];
  for (const it of events) {
    const last = runs.at(-1);
    if (last?.[0]!.post === it.post) last.push(it);
    else runs.push([it]);
  }
  return runs;
}
