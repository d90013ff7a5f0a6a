/** Compare: two feeds side by side, and in what they differ. */
import { useLocation } from "preact-iso";
import { pathOf, useRoute } from "../api.ts";
import { useNames } from "../parts/people.ts";
import { PostList } from "../parts/post-list.tsx";
import { usePosts } from "../parts/posts.ts";
import { Card, Failed, Screen } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import type { Post } from "../parts/types.ts";
import { NEWCOMER, Whose, type Choice } from "../parts/whose.tsx";
import { audience } from "../parts/words.ts";
import { agesOf, distinct, overlapOf, placesApart, varietyOf } from "./compare-figures.ts";
import { listPath, RankingFields, type Ranking } from "./compare-ranking.tsx";
import "./compare.css";

/** Posts of each list. */
const LIMIT = 20;
const SIDES = ["a", "b"] as const;
type Side = (typeof SIDES)[number];
/** A list as both routes reply it. */
type List = {
  readonly items: readonly { readonly id: string }[];
  readonly meta: { readonly audience: string; readonly snapshot: string };
};

/** The choices of both sides, kept in the address. */
function useChoices() {
  const { query, route } = useLocation();
  const of = (side: Side): Choice & Ranking => ({
    // The second side is of the same person until another is chosen: two settings are compared by one.
    user: query[`${side}_user`] || query["a_user"] || NEWCOMER,
    mood: query[`${side}_mood`] ?? "",
    category: query[`${side}_category`] ?? "",
    version: query[`${side}_version`] ?? "",
    older: query[`${side}_older`] ?? "",
  });
  const change = (side: Side, changed: Partial<Choice & Ranking>) => {
    const all = SIDES.flatMap((it) =>
      Object.entries({ ...of(it), ...(it === side && changed) }).map(([name, value]) => [
        `${it}_${name}`,
        value,
      ]),
    );
    route(pathOf("/dashboard/compare", Object.fromEntries(all)), true);
  };
  return { of, change };
}

export function Compare() {
  const { of, change } = useChoices();
  const [a, b] = SIDES.map((side) => useRoute<List>(listPath(of(side), LIMIT)));
  const lists = [a!, b!].map((it) => it.value?.items.map(({ id }) => id) ?? []);
  const postOf = usePosts(lists.flat());
  const nameOf = useNames(SIDES.map((side) => of(side).user));
  return (
    <Screen
      title="Compare"
      lead="Two feeds side by side: of two people, moods, settings or snapshots."
    >
      <div class="compare">
        {[a!, b!].map((feed, n) => (
          <Card key={n} title={`Feed ${"AB"[n]}`} note={audience(feed.value?.meta.audience)}>
            <Whose choice={of(SIDES[n]!)} onChange={(it) => change(SIDES[n]!, it)} />
            <RankingFields ranking={of(SIDES[n]!)} onChange={(it) => change(SIDES[n]!, it)} />
            {feed.error && <Failed error={feed.error} onRetry={feed.reload} />}
            <p class="whose-name">
              <strong>{nameOf(of(SIDES[n]!).user)}</strong>
            </p>
            <PostList
              ids={lists[n]!}
              others={lists[1 - n]!}
              other={`in ${"BA"[n]!}`}
              postOf={postOf}
              isLoading={feed.isLoading}
            />
          </Card>
        ))}
        <Card title="Figures" note={`of the first ${LIMIT} posts`}>
          <Figures lists={lists} postOf={postOf} />
        </Card>
      </div>
    </Screen>
  );
}

type FiguresProps = {
  readonly lists: readonly (readonly string[])[];
  readonly postOf: (id: string) => Post | undefined;
};

function Figures({ lists, postOf }: FiguresProps) {
  const posts = lists.map((ids) => ids.flatMap((id) => postOf(id) ?? []));
  const now = Date.now();
  const row = (name: string, figure: (posts: readonly Post[]) => string | number) =>
    [name, ...posts.map(figure)] as const;
  const overlap = overlapOf(lists[0]!, lists[1]!);
  return (
    <>
      <p>
        {overlap} of {LIMIT} posts are in both lists.
        {overlap > 0 &&
          ` Their places are ${placesApart(lists[0]!, lists[1]!).toFixed(1)} apart on average.`}
      </p>
      <Table
        head={["", "A", "B"]}
        rows={[
          row("categories", (it) => distinct(it.map(({ categories }) => categories[0] ?? ""))),
          row("creators", (it) => distinct(it.map(({ creator }) => creator))),
          row("next post of another category", (it) => `${Math.round(100 * varietyOf(it))} %`),
          row("median age", (it) => `${Math.round(agesOf(it, now))} days`),
        ]}
      />
    </>
  );
}
