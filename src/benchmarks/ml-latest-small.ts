/**
 * MovieLens (ml-latest-small): P4, the newest fifth of all ratings, and P5, posts nobody has rated.
 *
 * Learnt from are all ratings, bad ones as dislikes; held out are those of four stars and more.
 *
 * @see Harper & Konstan, "The MovieLens Datasets" (TiiS 2015).
 */
import { join } from "node:path";
import { PERCENT } from "../domain/signals.ts";
import { onlyThose } from "../evaluation/histories.ts";
import { splitBy, type Split } from "../evaluation/split.ts";
import type { Dataset } from "../training/dataset.ts";
import { seededRandom } from "../linalg/random.ts";
import { datasetOf, historiesOf, postsOf, type Event } from "./events.ts";
import { rowsOf, type Fields } from "./files.ts";
import { DataError, type Source, type Trial } from "./experiment.ts";

/** Share of the events, and of the posts, that are held out. */
const SHARE = 0.2;
const STARS = 5;
const PERCENT_A_STAR = PERCENT.max / STARS;
const LIKED_FROM = 4 * PERCENT_A_STAR;

/** P4: a cut in time. */
export async function timeSplit(source: Source): Promise<Trial> {
  const { data, split } = await readAt(source);
  return {
    protocol: `P4: ml-latest-small, the newest 20 % of ratings held out, those from 4 stars on (${split.after.postKeys.length}) to be found`,
    data,
    split,
    inner: { by: "time", share: SHARE },
  };
}

/** P5: a fifth of the posts lose their past, and only they are asked for. */
export async function coldPosts(source: Source): Promise<Trial> {
  const { data, split } = await readAt(source);
  const random = seededRandom(source.seed);
  const only = new Set([...data.posts.ids].filter(() => random() < SHARE));
  const before = onlyThose(split.before, (n) => !only.has(split.before.postKeys[n]!));
  const after = onlyThose(split.after, (n) => only.has(split.after.postKeys[n]!));
  return {
    protocol: `P5: ml-latest-small as in P4, ${only.size} of ${data.posts.ids.length} posts without any past, only they asked for`,
    data: { ...data, histories: before },
    split: { ...split, before, after },
    inner: { by: "time", share: SHARE },
    only,
  };
}

async function readAt({ folder, embed, seed }: Source): Promise<{ data: Dataset; split: Split }> {
  const file = (name: string) => join(folder, "ml-latest-small", name);
  const ratings = await rowsOf(file("ratings.csv"), ["userId", "movieId", "rating"], ",");
  const movies = await rowsOf(file("movies.csv"), ["movieId", "title", "genres"], ",");
  const tags = await rowsOf(file("tags.csv"), ["movieId", "tag", "timestamp"], ",");
  const known = new Set(movies.map((it) => Number(it["movieId"])));
  const events = ratings.map(ratedOf).filter((it) => known.has(it.postKey));
  const newest = events.reduce((max, it) => Math.max(max, it.atMs), -Infinity);
  const all = splitBy({ by: "time", share: SHARE }, historiesOf(events), newest, seed);
  const split = { ...all, after: onlyThose(all.after, (n) => all.after.values[n]! >= LIKED_FROM) };
  const posts = postsOf(movies.map((it) => factsOf(it, split)));
  const data = datasetOf(posts, split.before, split.asOfMs);
  const isPast = (it: Fields) => Number(it["timestamp"]) * 1_000 <= split.asOfMs;
  const texts = textsOf(movies, tags.filter(isPast));
  const embedded = await embed(Array.from(posts.ids, (id) => texts.get(id)!));
  if (embedded === undefined)
    throw new DataError(
      "the encoder could not be loaded: P4 and P5 need texts, see `vidrec doctor`",
    );
  const { encoder, vectors } = embedded;
  return { data: { ...data, encoder, embeddings: vectors, embedded: posts.ids.length }, split };
}

function ratedOf(row: Fields): Event {
  return {
    userKey: Number(row["userId"]),
    postKey: Number(row["movieId"]),
    kind: "rating",
    value: Number(row["rating"]) * PERCENT_A_STAR,
    atMs: Number(row["timestamp"]) * 1_000,
  };
}

/** Nobody knows when a movie came to the service; its year is in its title, and no news after the cut. */
function factsOf(movie: Fields, { asOfMs }: Split) {
  const year = /\((\d{4})\)\s*$/.exec(movie["title"]!)?.[1];
  const madeAtMs = Date.UTC(Number(year), 0);
  const genre = movie["genres"]!.split("|")[0]!;
  return {
    id: Number(movie["movieId"]),
    title: movie["title"]!,
    createdAtMs: year === undefined || madeAtMs > asOfMs ? 0 : madeAtMs,
    ...(!genre.startsWith("(") && { category: genre }),
  };
}

/** Title, genres and tags of each movie, one a line. */
function textsOf(movies: readonly Fields[], tags: readonly Fields[]): Map<number, string> {
  const tagsOf = Map.groupBy(tags, (it) => it["movieId"]);
  return new Map(
    movies.map((movie) => {
      const own = new Set(tagsOf.get(movie["movieId"])?.map((it) => it["tag"]!.toLowerCase()));
      const genres = movie["genres"]!.startsWith("(") ? [] : movie["genres"]!.split("|");
      const lines = [movie["title"]!, genres.join(", "), [...own].join(", ")];
      return [Number(movie["movieId"]), lines.filter(Boolean).join("\n")];
    }),
  );
}
