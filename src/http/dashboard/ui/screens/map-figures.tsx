/** Figures of the map: a row for each colour, for those who don't see them, and for those who want numbers. */
import { useMemo } from "preact/hooks";
import { DAY_MS } from "../../../../domain/day.ts";
import { Table } from "../parts/table.tsx";
import { count } from "../parts/words.ts";
import { WAYS, type Colouring, type Way } from "./map-colouring.ts";
import type { MapPosts } from "./map-posts.ts";

type FiguresProps = {
  readonly posts: MapPosts;
  readonly colouring: Colouring;
  readonly by: Way;
};

/** The table. */
export function Figures({ posts, colouring, by }: FiguresProps) {
  const rows = useMemo(() => rowsOf(posts, colouring, Date.now()), [posts, colouring]);
  return <Table summary="Figures" head={[WAYS[by], "Posts", "Median age", "Shown", "Middle (x, y)"]} rows={rows} />; // prettier-ignore
}

function rowsOf(posts: MapPosts, { buckets, order, starts }: Colouring, nowMs: number) {
  return buckets.flatMap(({ name, posts: size }, bucket) => {
    if (size === 0) return [];
    const own = order.subarray(starts[bucket], starts[bucket + 1]);
    const median = (values: ArrayLike<number>) =>
      Float64Array.from(own, (n) => values[n]!).toSorted()[size >> 1]!;
    const days = Math.max(0, Math.round((nowMs - median(posts.createdAtMs)) / DAY_MS));
    const shown = own.reduce((sum, n) => sum + (posts.shown?.[n] ?? 0), 0);
    const middle = `${median(posts.x).toFixed(2)}, ${median(posts.y).toFixed(2)}`;
    return [[name, count(size), `${count(days)} days`, posts.shown ? `${count(shown)} times` : "–", middle]]; // prettier-ignore
  });
}
