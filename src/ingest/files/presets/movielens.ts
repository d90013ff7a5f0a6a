/**
 * MovieLens: the 1M data set (ratings.dat, movies.dat, users.dat) and later ones (ratings.csv, movies.csv
 * with the tags.csv beside it). Stars become percent; a movie is created in the year of its title.
 *
 * @see Harper & Konstan, "The MovieLens Datasets" (TiiS 2015).
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PERCENT } from "../../../domain/signals.ts";
import type { Columns } from "../contract.ts";
import { openRows } from "../open.ts";
import { numberOf, textIn, type Preset } from "./preset.ts";

/** Columns of the 1M files, by the beginning of their names. */
const DAT_COLUMNS = {
  ratings: ["userId", "movieId", "rating", "timestamp"],
  movies: ["movieId", "title", "genres"],
  users: ["userId", "gender", "age", "occupation", "zip"],
} as const;
const PERCENT_A_STAR = PERCENT.max / 5;

/** The preset of MovieLens' files, of 1M and the latest. */
export const MOVIELENS: Preset = {
  about:
    "MovieLens: ratings.dat, movies.dat, users.dat; ratings.csv, movies.csv (and of itself the tags.csv beside it)",
  formatOf: (path) => {
    const name = /(ratings|movies|users)\.dat(?:\.gz)?$/.exec(path)?.[1];
    if (name === undefined) return undefined;
    const columns = DAT_COLUMNS[name as keyof typeof DAT_COLUMNS];
    return { delimiter: "::", columns, encoding: "latin1" };
  },
  toRows: async (kind, columns, path) => {
    if (kind === "users" && columns.has("occupation"))
      return (it) => [{ id: textIn(it, "userId") }];
    if (kind === "events" && columns.has("rating")) return (it) => [ratingEvent(it)];
    if (kind !== "posts" || !columns.has("genres")) return undefined;
    const tags = await tagsBeside(path);
    return (it) => [{ ...moviePost(it), tags: tags.get(textIn(it, "movieId")) }];
  },
};

/** Most tags of a movie. */
const TAGS_MAX = 50;

/** Tags by movie, those of most people first, from the tags.csv in the folder of movies.csv. */
async function tagsBeside(path: string): Promise<ReadonlyMap<string, string[]>> {
  const place = join(dirname(path), "tags.csv");
  const counts = new Map<string, Map<string, number>>();
  if (!path.endsWith("movies.csv") || !existsSync(place)) return new Map();
  for await (const rows of (await openRows(place)).rows)
    for (const row of rows) {
      if (!("fields" in row)) continue;
      const own = counts.getOrInsertComputed(textIn(row.fields, "movieId"), () => new Map());
      const tag = textIn(row.fields, "tag").toLowerCase();
      own.set(tag, (own.get(tag) ?? 0) + 1);
    }
  const mostFirst = (own: Map<string, number>) =>
    [...own].sort(([, a], [, b]) => b - a).map(([tag]) => tag);
  return new Map([...counts].map(([id, own]) => [id, mostFirst(own).slice(0, TAGS_MAX)]));
}

/** A rating as an event. */
export function ratingEvent(row: Columns) {
  return {
    user: textIn(row, "userId"),
    post: textIn(row, "movieId"),
    kind: "rating",
    value: numberOf(row, "rating") * PERCENT_A_STAR,
    at: numberOf(row, "timestamp") * 1_000,
  } as const;
}

/** A movie as a post. */
export function moviePost(row: Columns) {
  const title = textIn(row, "title");
  const year = /\((\d{4})\)\s*$/.exec(title)?.[1];
  const genres = textIn(row, "genres");
  return {
    id: textIn(row, "movieId"),
    title,
    category: genres.startsWith("(") ? [] : genres.split("|"), // "(no genres listed)"
    ...(year !== undefined && { created_at: `${year}-01-01T00:00:00Z` }),
  };
}
