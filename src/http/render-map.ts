/** The catalogue's map as JSON text, made in steps: of 100,000 posts it is some megabytes. */
import type { CatalogueMap } from "../feed/map/catalogue-map.ts";
import type { Steps } from "../runtime/time-slicing.ts";

/** Entries of a column between two pauses: less than a millisecond. */
const A_STEP = 2_000;
/** Decimals of a coordinate: a ten-thousandth of the map's width or less. */
const DECIMALS = 1e4;

/** Reply of `GET /map`. */
export function* mapText(map: CatalogueMap): Steps<string> {
  const { ids, x, y, categoryRows, createdAtMs, shown } = map.posts;
  const columns: Readonly<Record<string, readonly (string | number)[]>> = {
    id: ids,
    x,
    y,
    category: categoryRows,
    created_at: createdAtMs,
    ...(shown && { shown }),
  };
  const texts: string[] = [];
  for (const [name, column] of Object.entries(columns)) {
    const short = name === "x" || name === "y" ? shortened : (it: readonly (string | number)[]) => it; // prettier-ignore
    const parts: string[] = [];
    for (let from = 0; from < column.length; from += A_STEP) {
      parts.push(JSON.stringify(short(column.slice(from, from + A_STEP))).slice(1, -1));
      yield;
    }
    texts.push(`${JSON.stringify(name)}:[${parts.join()}]`);
  }
  const about = JSON.stringify({
    snapshot: map.snapshot,
    categories: map.categories,
    explained: map.shares,
    without_vector: map.withoutVector,
    not_shown: map.notShown,
    shown_since: map.shownSinceMs === undefined ? null : new Date(map.shownSinceMs).toISOString(),
  });
  return `${about.slice(0, -1)},"posts":{${texts.join()}}}`;
}

const shortened = (some: readonly (string | number)[]) =>
  some.map((it) => Math.round(Number(it) * DECIMALS) / DECIMALS);
