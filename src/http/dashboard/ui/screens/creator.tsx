/** A creator: what is shown of them and why, and why the rest is not. */
import type { Creator as Reply } from "../../../routes/creators.ts";
import { useRoute as useMatch } from "preact-iso";
import { pathOf, useRoute } from "../api.ts";
import { Card, Failed, Screen, Stat } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { Term } from "../parts/term.tsx";
import { count, percent } from "../parts/words.ts";
import { CreatorPosts, rateOf } from "./creator-posts.tsx";
import { Bar, counted, DaysChoice, LIMIT, Pages, useDays, useQuery } from "./creators-parts.tsx";

/** The page. */
export function Creator() {
  const { id = "" } = useMatch().params;
  const days = useDays();
  const [query, change] = useQuery();
  const offset = Number(query["offset"]) || 0;
  const path = `/creators/${encodeURIComponent(id)}`;
  const { value, error, reload, isLoading } = useRoute<Reply>(pathOf(path, { days, offset, limit: LIMIT })); // prettier-ignore
  return (
    <Screen title={id} lead="What is shown of a creator, and why." actions={<DaysChoice />}>
      <p class="back">
        <a href={pathOf("/dashboard/creators", { days })}>All creators</a>
      </p>
      {error && <Failed error={error} onRetry={reload} />}
      {(value || !error) && (
        <>
          <div class="grid creators" aria-busy={isLoading}>
            <Figures creator={value} />
            <Outcomes creator={value} />
            <WhyShown creator={value} />
            <WhyNot creator={value} />
            <CreatorPosts posts={value?.items ?? []} />
          </div>
          <Pages
            offset={offset}
            total={value?.posts ?? 0}
            onChange={(it) => change({ offset: it || undefined })}
          />
        </>
      )}
    </Screen>
  );
}

type Of = { readonly creator: Reply | undefined };

function Figures({ creator }: Of) {
  const figure = (words: (it: Reply) => string) => (creator ? words(creator) : "–");
  return (
    <Card title="Exposure">
      <dl class="stats">
        <Stat
          name="Impressions"
          value={figure((it) => count(it.impressions))}
          note={creator ? `${percent(creator.share)} of all` : " "}
        />
        <Stat
          name="Rank"
          value={figure((it) => (it.impressions === 0 ? "–" : count(it.rank)))}
          note={creator ? `of ${counted(creator.creators, "creator")}` : " "}
        />
        <Stat name="People" value={figure((it) => count(it.people))} note="who were shown a post" />
        <Stat
          name="Posts shown"
          value={figure((it) => `${count(it.shown)} of ${count(it.servable)}`)}
          note={creator ? `of ${counted(creator.posts, "post")} in all` : " "}
        />
        <Stat name="Hidden by" value={figure((it) => count(it.hidden_by))} note="people" />
      </dl>
    </Card>
  );
}

const OUTCOMES = [
  { name: "plays", words: "Played" },
  { name: "completion", words: "Share watched" },
  { name: "likes", words: "Liked" },
  { name: "skips", words: "Skipped" },
] as const;

function Outcomes({ creator }: Of) {
  return (
    <Card title="What came of it" span={6} note="rates with 95 % intervals">
      <Table
        head={["Outcome", "Rate", "from", "to", "Count"]}
        rows={OUTCOMES.map(({ name, words }) => {
          const it = creator?.outcomes[name] ?? null;
          return [
            words,
            rateOf(it),
            it ? percent(it.low) : "–",
            it ? percent(it.high) : "–",
            it ? `${count(Math.round(it.count))} of ${count(it.of)}` : "–",
          ];
        })}
      />
    </Card>
  );
}

function WhyShown({ creator }: Of) {
  const sources = creator?.sources ?? [];
  const most = sources[0]?.impressions ?? 1;
  return (
    <Card title="Why shown" span={6} note="what found the posts">
      {creator && sources.length === 0 && (
        <p class="note">Nobody was shown a post of theirs in these days.</p>
      )}
      {sources.length > 0 && (
        <Table
          head={["Source", "Impressions"]}
          rows={sources.map(({ name, impressions }) => [
            <Term word={name}>{name.replace(/^tier:/, "fills up: ")}</Term>,
            <span class="creators-share">
              <Bar share={impressions / most} />
              <span>{count(impressions)}</span>
            </span>,
          ])}
        />
      )}
    </Card>
  );
}

function WhyNot({ creator }: Of) {
  const absent = creator?.absent ?? [];
  return (
    <Card title="Why not" note="what keeps posts out of all lists">
      {creator && absent.length === 0 && <p>All of their posts were on somebody's list.</p>}
      <ul class="absent">
        {absent.map((it) => (
          <li key={it.reason}>
            <span class="pill">{counted(it.posts, "post")}</span>
            <span>{it.words}</span>
          </li>
        ))}
      </ul>
      {absent.length > 0 && <p class="note">Choose a post to see why somebody is not shown it.</p>}
    </Card>
  );
}
