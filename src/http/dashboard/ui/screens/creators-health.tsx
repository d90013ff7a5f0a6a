/** Health of the catalogue in cards: cold posts, near-duplicates, dead categories, each with what to do. */
import type { Health } from "../../../routes/catalogue-health.ts";
import { pathOf } from "../api.ts";
import { Card } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { count } from "../parts/words.ts";
import { counted, ToDo, whyPath } from "./creators-parts.tsx";

type Of = { readonly health: Health };

export function CatalogueCards({ health }: Of) {
  return (
    <>
      <ColdPosts health={health} />
      <div class="span-6 creators-column">
        <Duplicates health={health} />
        <DeadCategories health={health} />
      </div>
    </>
  );
}

const PostLink = ({ id, title }: { readonly id: string; readonly title: string }) => (
  <a href={whyPath(id)}>{title || `Untitled ${id}`}</a>
);

function ColdPosts({ health }: Of) {
  const it = health.cold;
  return (
    <Card title="Cold posts" span={6} note={count(it.posts)}>
      <p>
        {it.posts === 0
          ? "Somebody has done something with every post that may be shown."
          : `With ${counted(it.posts, "post")} that may be shown nobody has done anything yet.`}
      </p>
      {it.posts > 0 && (
        <>
          <Table
            caption="By age"
            head={["Age", "Posts", "Shown in these days"]}
            rows={it.ages.map(({ from_days: from, posts, shown }, n) => [
              ageWords(from, it.ages[n + 1]?.from_days),
              count(posts),
              count(shown),
            ])}
          />
          {it.longest.length > 0 && <h3>Not shown, the oldest first</h3>}
          <ul class="titles">
            {it.longest.map((post) => (
              <li key={post.id}>
                <PostLink {...post} />
                <span class="note">{post.created_at.slice(0, 10)}</span>
              </li>
            ))}
          </ul>
          <ToDo>
            Until somebody does, their words alone say whom they are for: give them titles and texts
            that tell what is to be seen.
            {it.longest.length > 0 && " Choose one to see why a newcomer is not shown it."}
          </ToDo>
        </>
      )}
    </Card>
  );
}

function ageWords(from: number, to: number | undefined): string {
  if (to === undefined) return `${from} days and more`;
  return from === 0 ? `up to ${counted(to, "day")}` : `${from} to ${to} days`;
}

function Duplicates({ health }: Of) {
  const it = health.duplicates;
  return (
    <Card title="Near-duplicates" note={counted(it.groups, "group")}>
      <p>
        {it.groups === 0
          ? "No two posts that may be shown say the same."
          : `${counted(it.repeats, "post repeats another", "posts repeat others")}: a list has one of each group.`}
      </p>
      {it.groups > 0 && (
        <>
          <ol class="titles groups">
            {it.largest.map(({ size, posts }) => (
              <li key={posts[0]?.id}>
                {posts.map((post) => (
                  <span key={post.id}>
                    <PostLink {...post} />
                  </span>
                ))}
                {size > posts.length && (
                  <span class="note">and {count(size - posts.length)} more</span>
                )}
              </li>
            ))}
          </ol>
          <ToDo>
            Hide or delete repeats where they are kept: what people do is spread over them.
          </ToDo>
        </>
      )}
    </Card>
  );
}

function DeadCategories({ health }: Of) {
  const { dead, count: all } = health.categories;
  return (
    <Card title="Dead categories" note={`${count(dead.length)} of ${count(all)}`}>
      <p>{deadWords(health)} </p>
      {dead.length > 0 && (
        <>
          <div class="dead-categories">
            <Table
              head={["Category", "Posts", "Shown", "Last event"]}
              rows={dead.map(({ name, posts, impressions, last_event }) => [
                <a href={pathOf("/dashboard/feeds", { category: name })}>{name}</a>,
                count(posts),
                count(impressions),
                last_event ?? "never",
              ])}
            />
          </div>
          <ToDo>
            Look at a feed of the category in the inspector: if its posts are good, ask for it from
            a place in your app; if not, give it new posts or merge it with another.
          </ToDo>
        </>
      )}
    </Card>
  );
}

function deadWords(health: Health): string {
  if (health.categories.dead.length > 0)
    return "Of these nothing was shown in these days, or nobody did anything with it.";
  return health.pages === 0
    ? "Nobody was shown a post in these days, so that there is nothing to tell yet."
    : "Posts of every category are shown, and people do something with them.";
}
