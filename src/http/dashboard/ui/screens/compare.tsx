/** Compare: two feeds side by side, and in what they differ. */
import { useLocation } from "preact-iso";
import { pathOf, useRoute } from "../api.ts";
import { PostTile } from "../parts/post-tile.tsx";
import { usePosts } from "../parts/posts.ts";
import { Card, Failed, Screen } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import type { Post, Recommendations } from "../parts/types.ts";
import { Whose, type Choice } from "../parts/whose.tsx";
import { agesOf, distinct, overlapOf, varietyOf } from "./compare-figures.ts";
import "./compare.css";

/** Posts of each list. */
const LIMIT = 20;
const SIDES = ["a", "b"] as const;
type Side = (typeof SIDES)[number];

/** The choices of both sides, kept in the address. */
function useChoices() {
  const { query, route } = useLocation();
  const of = (side: Side): Choice => ({
    user: query[`${side}_user`] || "a newcomer",
    mood: query[`${side}_mood`] ?? "",
    category: query[`${side}_category`] ?? "",
  });
  const change = (side: Side, changed: Partial<Choice>) => {
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
  const [a, b] = SIDES.map((side) =>
    useRoute<Recommendations>(
      pathOf("/recommendations", { ...of(side), limit: LIMIT, preview: true }),
    ),
  );
  const lists = [a!, b!].map((it) => it.value?.items.map(({ id }) => id) ?? []);
  const postOf = usePosts(lists.flat());
  const placeOf = (side: number, id: string) => lists[1 - side]!.indexOf(id) + 1;
  return (
    <Screen title="Compare" lead="Two feeds side by side: what both show, and what one alone does.">
      <div class="compare">
        {[a!, b!].map((feed, n) => (
          <Card key={n} title={`Feed ${"AB"[n]}`} note={feed.value?.meta.audience}>
            <Whose choice={of(SIDES[n]!)} onChange={(it) => change(SIDES[n]!, it)} />
            {feed.error && <Failed error={feed.error} onRetry={feed.reload} />}
            <p class="whose-name">
              <strong>{of(SIDES[n]!).user}</strong>
            </p>
            <ol class="compare-list" aria-busy={feed.isLoading}>
              {lists[n]!.map((id, place) => (
                <li key={id}>
                  <PostTile id={id} post={postOf(id)} mark={place + 1}>
                    <Move from={place + 1} to={placeOf(n, id)} other={"BA"[n]!} />
                  </PostTile>
                </li>
              ))}
            </ol>
          </Card>
        ))}
        <Card title="Figures" note={`of the first ${LIMIT} posts`}>
          <Figures lists={lists} postOf={postOf} />
        </Card>
      </div>
    </Screen>
  );
}

/** Place of the post in the other list. */
function Move({
  from,
  to,
  other,
}: {
  readonly from: number;
  readonly to: number;
  readonly other: string;
}) {
  if (to === 0) return <span class="pill">not in {other}</span>;
  if (from === to) return <span class="pill good">same place in {other}</span>;
  return <span class="pill">{`${to} in ${other}`}</span>;
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
      </p>
      <Table
        head={["", "A", "B"]}
        rows={[
          row("categories", (it) => distinct(it.map(({ categories }) => categories[0] ?? ""))),
          row("creators", (it) => distinct(it.map(({ creator }) => creator))),
          row("neighbours of different categories", (it) => `${Math.round(100 * varietyOf(it))} %`),
          row("median age", (it) => `${Math.round(agesOf(it, now))} days`),
        ]}
      />
    </>
  );
}
