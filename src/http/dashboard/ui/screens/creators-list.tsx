/** List of creators: searched, sorted, a page at a time. */
import type { Creators } from "../../../routes/creators.ts";
import { pathOf, useRoute } from "../api.ts";
import { Card, Failed } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { count, percent } from "../parts/words.ts";
import { Bar, creatorPath, LIMIT, Pages, useQuery } from "./creators-parts.tsx";

const COLUMNS = [
  { sort: "id", words: "Creator" },
  { sort: "impressions", words: "Impressions" },
  { sort: "people", words: "People" },
  { sort: "shown", words: "Posts shown" },
  { sort: "posts", words: "Posts" },
] as const;
type Sort = (typeof COLUMNS)[number]["sort"];

export function CreatorsList({ days }: { readonly days: number }) {
  const [query, change] = useQuery();
  const text = query["q"] ?? "";
  const sort = COLUMNS.find((it) => it.sort === query["sort"])?.sort ?? "impressions";
  const ascending = query["ascending"] === "true";
  const offset = Number(query["offset"]) || 0;
  const found = useRoute<Creators>(
    pathOf("/creators", { days, q: text.trim(), sort, ascending, offset, limit: LIMIT }),
  );
  const { total = 0, creators = [] } = found.value ?? {};
  const most = Math.max(...creators.map((it) => it.impressions), 1);
  const order = (by: Sort) =>
    change({
      sort: by,
      ascending: (sort === by ? !ascending : by === "id") || undefined,
      offset: undefined,
    });
  return (
    <Card title="Creators" note={found.value && `${count(total)} with a post`}>
      <label class="creators-search">
        Find a creator
        <input
          type="search"
          placeholder="Part of the id"
          value={text}
          onInput={(event) => change({ q: event.currentTarget.value, offset: undefined })}
        />
      </label>
      {found.error && <Failed error={found.error} onRetry={found.reload} />}
      <div class="creators-table" aria-busy={found.isLoading}>
        <Table
          caption="The share is of all impressions of known creators"
          sorted={{ at: COLUMNS.findIndex((it) => it.sort === sort), ascending }}
          head={COLUMNS.map((it) => (
            <button type="button" class="quiet" onClick={() => order(it.sort)}>
              {it.words}
              <span aria-hidden="true">{it.sort === sort ? (ascending ? " ↑" : " ↓") : ""}</span>
            </button>
          ))}
          rows={creators.map((it) => rowOf(it, most, days))}
        />
        {found.value && total === 0 && (
          <p class="note" role="status">
            {text === ""
              ? "No post names its creator: send `creator` with posts."
              : "No creator is called that."}
          </p>
        )}
      </div>
      <Pages offset={offset} total={total} onChange={(it) => change({ offset: it || undefined })} />
    </Card>
  );
}

const rowOf = (
  { id, impressions, share, people, shown, servable, posts }: Creators["creators"][number],
  most: number,
  days: number,
) => [
  <a href={creatorPath(id, days)}>{id}</a>,
  <span class="creators-share">
    <Bar share={impressions / most} />
    <span>{count(impressions)}</span>
    <span class="note">{percent(share)}</span>
  </span>,
  count(people),
  `${count(shown)} of ${count(servable)}`,
  count(posts),
];
