/** The sparse set as learning reads it: a made-up store with the shape of the real one. */
import { gaussian, shuffled, type Random } from "../../ingest/demo/chance.ts";
import type { Histories } from "../../domain/history.ts";
import type { Dataset } from "../../training/dataset.ts";
import { seededRandom } from "../../linalg/random.ts";
import { sparsePosts, TEXT, type SparsePost } from "./catalogue.ts";
import { marksOf, type Mark } from "./marks.ts";
import { ACTIVE, sparsePeople } from "./people.ts";
import { watch, type Opened } from "./watching.ts";

/** Accounts, those that never did anything included: their ids leave gaps. */
export const ACCOUNTS = 2_350;
const FIRST_POST_ID = 11;

/** Same seed, same set. Silent accounts have no history, as in a store. */
export function sparseDataset(seed: number): Dataset {
  const random = seededRandom(seed);
  const posts = sparsePosts(random);
  const people = sparsePeople(random, posts);
  const opened = watch(random, posts, people);
  const marks = marksOf(random, opened, people);
  const histories = historiesOf(random, marks);
  return {
    asOfMs: Math.max(...marks.map((it) => it.atMs)),
    posts: columnsOf(random, posts, opened),
    histories,
    profiles: Array.from(histories.userKeys, () => ({
      counters: [0, 1, 2, 3, 4].map(() => Math.floor(Math.exp(1.2 * gaussian(random)))),
      vector: undefined,
    })),
    encoder: { model: "sparse", dimension: TEXT },
    embeddings: Float32Array.from(posts.flatMap((it) => [...it.text])),
    embedded: posts.length,
    moodVectors: new Float32Array(0),
  };
}

function columnsOf(
  random: Random,
  posts: readonly SparsePost[],
  opened: readonly Opened[],
): Dataset["posts"] {
  const opens = new Float64Array(posts.length);
  const liking = new Float64Array(posts.length);
  for (const it of opened) {
    opens[it.post]!++;
    liking[it.post]! += it.liking;
  }
  // Upstream also counts visitors without an account, and leaves some exits out or counts them twice.
  const viewCounts = opens.map((it) => Math.round(it * (2 + 3 * random()) + 3 * random()));
  const exitCounts = viewCounts.map((views, row) => {
    const mean = liking[row]! / Math.max(1, opens[row]!);
    return Math.round((views * 1.3 * random()) / (1 + Math.exp(1 + mean)));
  });
  return {
    ids: Float64Array.from(posts, (_, row) => FIRST_POST_ID + row),
    createdAtMs: Float64Array.from(posts, (it) => it.createdAtMs),
    isLocked: new Uint8Array(posts.length),
    isPublic: Uint8Array.from(posts, () => Number(random() > 0.01)),
    isWithdrawn: Uint8Array.from(posts, () => Number(random() < 0.01)),
    viewCounts,
    exitCounts,
    categories: posts.map(({ category }) =>
      random() < 0.02 ? undefined : { id: 1 + category, name: `Category ${1 + category}` },
    ),
    topicCodes: posts.map((_, row) => (row % 900 === 0 ? "flic" : undefined)),
    titles: posts.map((_, row) => `Post ${row}`),
    summaries: posts.map(() => ""),
    textHashes: posts.map((_, row) => `text ${row}`),
  };
}

/** Accounts get their ids in the order in which they first did something. */
function historiesOf(random: Random, marks: readonly Mark[]): Histories {
  const byPerson = [...Map.groupBy(marks, (it) => it.person).values()];
  const ids = shuffled(random, [...Array(ACCOUNTS).keys()])
    .slice(0, ACTIVE)
    .sort((a, b) => a - b);
  const rows = byPerson.flat();
  let end = 0;
  return {
    userKeys: Float64Array.from(byPerson, (_, n) => 1 + ids[n]!),
    rowStart: Uint32Array.of(0, ...byPerson.map((it) => (end += it.length))),
    postKeys: Float64Array.from(rows, (it) => FIRST_POST_ID + it.post),
    kinds: Uint8Array.from(rows, (it) => it.kind),
    values: Float32Array.from(rows, (it) => it.value),
    atMs: Float64Array.from(rows, (it) => it.atMs),
    withdrawn: new Uint8Array(rows.length),
  };
}
