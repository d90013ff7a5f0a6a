/**
 * MovieLens (ml-latest-small) in Socialverse's shape: movies as posts, ratings as views and ratings,
 * the best of them as likes too. Counters stay 0: counts of all time would tell a held-out
 * evaluation the future.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { eventRow, postRow, upstreamTime, userRow, type Dataset, type Row } from "./rows.ts";

/** Folder of the data, seen from the project's. */
export const MOVIELENS_FOLDER = "../shared/data/ml-latest-small";

/** Ratings from here on, of 5, are likes too. */
const LIKED_FROM = 4.5;

type Movie = { readonly id: number; readonly title: string; readonly genres: readonly string[] };
type Rated = { userId: number; postId: number; stars: number; atMs: number };

/** Reason why MovieLens can't be read from `folder`, in plain words; `undefined` if it can. */
export function movielensAbsence(folder = MOVIELENS_FOLDER): string | undefined {
  const missing = ["movies.csv", "ratings.csv"].find((it) => !existsSync(join(folder, it)));
  return missing && `left out: there is no ${join(folder, missing)} on this machine`;
}

/** Read `movies.csv` and `ratings.csv` of `folder`. Ratings of unknown movies stay, as orphans. */
export async function readMovielens(folder = MOVIELENS_FOLDER): Promise<Dataset> {
  const movies = (await linesOf(join(folder, "movies.csv"))).map(toMovie);
  const ratings = (await linesOf(join(folder, "ratings.csv"))).map(toRated);
  ratings.sort((a, b) => a.atMs - b.atMs);
  const categories = [...new Set(movies.flatMap((it) => it.genres[0] ?? []))].sort();
  const firstAtMs = new Map<number, number>();
  for (const { postId, atMs } of ratings) if (!firstAtMs.has(postId)) firstAtMs.set(postId, atMs);
  return {
    users: toUsers(ratings, new Set(movies.map((it) => it.id))),
    posts: movies.map((it) => toPost(it, categories, firstAtMs.get(it.id) ?? yearOf(it.title))),
    ...toEvents(ratings),
  };
}

async function linesOf(path: string): Promise<string[]> {
  return (await Bun.file(path).text()).split(/\r?\n/).slice(1).filter(Boolean);
}

/** `11,"American President, The (1995)",Comedy|Drama`: only titles are ever quoted. */
function toMovie(line: string): Movie {
  const [, id, quoted, plain, genres] = /^(\d+),(?:"((?:[^"]|"")*)"|([^",]*)),(.*)$/.exec(line)!;
  return {
    id: Number(id),
    title: quoted?.replaceAll('""', '"') ?? plain ?? "",
    genres: genres === "(no genres listed)" ? [] : genres!.split("|"),
  };
}

function toRated(line: string): Rated {
  const [userId, postId, stars, seconds] = line.split(",").map(Number);
  return { userId: userId!, postId: postId!, stars: stars!, atMs: seconds! * 1_000 };
}

function toUsers(ratings: readonly Rated[], known: ReadonlySet<number>): Row[] {
  const raters = new Set(ratings.filter((it) => known.has(it.postId)).map((it) => it.userId));
  return [...raters].sort((a, b) => a - b).map((id) => userRow(id));
}

/** Nobody knows when a movie came to the service: no later than its first rating. */
function toPost(movie: Movie, categories: readonly string[], createdAtMs: number): Row {
  const { id, title, genres } = movie;
  const category = genres[0];
  return postRow(id, {
    title,
    category:
      category === undefined
        ? []
        : {
            id: categories.indexOf(category) + 1,
            name: category,
            count: 0,
            description: "",
            image_url: "",
          },
    slug: title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, ""),
    created_at: createdAtMs,
    tags: genres,
    post_summary: {
      description: `${title}. ${genres.join(", ")}.`,
      genre: genres.join(", "),
      keywords: genres.map((keyword, n) => ({ keyword, weight: Math.max(1, 10 - n) })),
    },
  });
}

function yearOf(title: string): number {
  return Date.UTC(Number(/\((\d{4})\)\s*$/.exec(title)?.[1] ?? 1995), 0, 1);
}

function toEvents(ratings: readonly Rated[]): Omit<Dataset, "users" | "posts"> {
  const rows = ratings.map((it, n) => ({
    id: n + 1,
    postId: it.postId,
    userId: it.userId,
    at: upstreamTime(it.atMs),
    percent: Math.round(((it.stars - 0.5) / 4.5) * 100),
    isLiked: it.stars >= LIKED_FROM,
  }));
  return {
    view: rows.map((it) => eventRow("view", it)),
    like: rows.filter((it) => it.isLiked).map((it) => eventRow("like", it)),
    inspire: [],
    rating: rows.map((it) => eventRow("rating", it)),
  };
}
