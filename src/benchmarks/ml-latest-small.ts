/**
 * MovieLens (ml-latest-small): P4 holds out the newest fifth of the ratings, P5 makes posts cold.
 *
 * Training data are all ratings, low ones as dislikes; relevant are held-out ones of four stars or more.
 *
 * @see Harper & Konstan, "The MovieLens Datasets" (TiiS 2015).
 */
import { join } from "node:path";
import type { Histories } from "../domain/history.ts";
import { PERCENT } from "../domain/signals.ts";
import { onlyThose } from "../evaluation/histories.ts";
import { splitBy, type Split } from "../evaluation/split.ts";
import type { Dataset } from "../training/dataset.ts";
import { seededRandom } from "../linalg/random.ts";
import { moviePost, ratingEvent } from "../ingest/files/presets/movielens.ts";
import { datasetOf, eventOf, historiesOf, postsOf } from "./events.ts";
import { rowsOf, type Fields } from "./files.ts";
import { DataError, type BenchmarkInput, type Experiment } from "./experiment.ts";

/** Share of the events, and of the posts, that are held out. */
const SHARE = 0.2;
/** Four of five stars, in percent. */
const LIKED_FROM = (PERCENT.max / 5) * 4;

/** P4: a split in time. */
export async function timeSplit(input: BenchmarkInput): Promise<Experiment> {
  const { data, split } = await read(input);
  return {
    protocol: `P4: ml-latest-small, the newest 20 % of ratings held out, those from 4 stars on (${split.after.postKeys.length}) to be found`,
    data,
    split,
    inner: { by: "time", share: SHARE },
  };
}

/** P5: a fifth of the posts lose their events before the cut, and only they are recommended. */
export async function coldPosts(input: BenchmarkInput): Promise<Experiment> {
  const { data, split } = await read(input);
  const random = seededRandom(input.seed);
  const only = new Set([...data.posts.keys].filter(() => random() < SHARE));
  const before = onlyThose(split.before, (n) => !only.has(split.before.postKeys[n]!));
  const after = onlyThose(split.after, (n) => only.has(split.after.postKeys[n]!));
  return {
    protocol: `P5: ml-latest-small as in P4, ${only.size} of ${data.posts.keys.length} posts without any past, only they asked for`,
    data: { ...data, histories: before },
    split: { ...split, before, after },
    inner: { by: "time", share: SHARE },
    only,
  };
}

async function read(input: BenchmarkInput): Promise<{ data: Dataset; split: Split }> {
  const { ratings, movies, newestMs } = await ratingsOf(input);
  const tags = await rowsOf(fileIn(input, "tags.csv"), ["movieId", "tag", "timestamp"], ",");
  const all = splitBy({ by: "time", share: SHARE }, ratings, newestMs, input.seed);
  const split = { ...all, after: onlyThose(all.after, (n) => all.after.values[n]! >= LIKED_FROM) };
  const isBefore = (it: Fields) => Number(it["timestamp"]) * 1_000 <= split.asOfMs;
  const data = await withTexts(input, movies, tags.filter(isBefore), split.before, split.asOfMs);
  return { data, split };
}

/** All ratings, with texts of titles and genres: tags have times of their own. */
export async function ratingsWithTimes(input: BenchmarkInput): Promise<Dataset> {
  const { ratings, movies, newestMs } = await ratingsOf(input);
  return await withTexts(input, movies, [], ratings, newestMs);
}

const fileIn = ({ folder }: BenchmarkInput, name: string) => join(folder, "ml-latest-small", name);

async function ratingsOf(input: BenchmarkInput) {
  const columns = ["userId", "movieId", "rating"];
  const rows = await rowsOf(fileIn(input, "ratings.csv"), columns, ",");
  const movies = await rowsOf(fileIn(input, "movies.csv"), ["movieId", "title", "genres"], ",");
  const known = new Set(movies.map((it) => Number(it["movieId"])));
  const events = rows.map((it) => eventOf(ratingEvent(it))).filter((it) => known.has(it.postKey));
  const newestMs = events.reduce((max, it) => Math.max(max, it.atMs), -Infinity);
  return { ratings: historiesOf(events), movies, newestMs };
}

async function withTexts(
  { embed }: BenchmarkInput,
  movies: readonly Fields[],
  tags: readonly Fields[],
  histories: Histories,
  asOfMs: number,
): Promise<Dataset> {
  const posts = postsOf(movies.map((it) => factsOf(it, asOfMs)));
  const data = datasetOf(posts, histories, asOfMs);
  const texts = textsOf(movies, tags);
  const embedded = await embed(Array.from(posts.keys, (id) => texts.get(id)!));
  if (embedded === undefined)
    throw new DataError(
      "the encoder could not be loaded: MovieLens needs texts, see `vidrec doctor`",
    );
  const { encoder, vectors } = embedded;
  return { ...data, encoder, embeddings: vectors, embedded: posts.keys.length };
}

/** A movie counts as created in the year of its title, or at 0 if that is unknown or after the cut. */
function factsOf(movie: Fields, asOfMs: number) {
  const { id, title, category, created_at } = moviePost(movie);
  const madeAtMs = created_at === undefined ? 0 : Date.parse(created_at);
  return {
    id: Number(id),
    title,
    createdAtMs: madeAtMs > asOfMs ? 0 : madeAtMs,
    ...(category[0] && { category: category[0] }),
  };
}

/** The text of each movie: title, genres and tags, a line each. */
function textsOf(movies: readonly Fields[], tags: readonly Fields[]): Map<number, string> {
  const tagsOf = Map.groupBy(tags, (it) => it["movieId"]);
  return new Map(
    movies.map((movie) => {
      const own = new Set(tagsOf.get(movie["movieId"])?.map((it) => it["tag"]!.toLowerCase()));
      const { id, title, category } = moviePost(movie);
      const lines = [title, category.join(", "), [...own].join(", ")];
      return [Number(id), lines.filter(Boolean).join("\n")];
    }),
  );
}
