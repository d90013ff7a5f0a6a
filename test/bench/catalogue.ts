/** A catalogue of any size with its audience, written into a store as a sync and the encoder would leave it. */
import { existsSync } from "node:fs";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Post } from "../../src/domain/post.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import type { Store } from "../../src/data/contract.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { AS_OF_MS } from "../support/model.ts";
import { hashPosts, hashUsers } from "../support/hashes.ts";
import { somePost, someUser } from "../support/records.ts";
import { card } from "../support/service.ts";

/** Histories: for each user rows of posts, oldest first. */
export type Catalogue = {
  readonly posts: number;
  readonly users: number;
  readonly historyOf: (user: number) => readonly number[];
};

const MOVIELENS = "../shared/data/ml-1m/ml1m_sequences_by_time.tsv";
const DAY_MS = 86_400_000;
const CATEGORIES = 20;
/** Rows of one transaction. */
const BATCH = 5_000;
/** Exponent by which popular posts are seen sooner: rows ascend from the most popular. */
const SKEW = 2.5;

/** Kinds of posts, of which everybody likes three, and how many of the posts they see are of those. */
const [KINDS, LIKED_KINDS, OF_LIKED] = [100, 3, 0.7];

/** Histories by chance and taste, a few of them very long. */
export function generatedCatalogue(posts: number, users: number, average: number): Catalogue {
  const historyOf = (user: number) => {
    const random = seededRandom(user + 1);
    const length = Math.min(Math.ceil(-average * Math.log(1 - random())), posts / 4);
    const liked = Array.from({ length: LIKED_KINDS }, () => Math.floor(KINDS * random()));
    const seen = new Set<number>();
    while (seen.size < length) {
      const kind = random() < OF_LIKED ? liked[seen.size % LIKED_KINDS]! : KINDS * random();
      const row = KINDS * Math.floor((posts / KINDS) * random() ** SKEW) + Math.floor(kind);
      seen.add(Math.min(row, posts - 1));
    }
    return [...seen];
  };
  return { posts, users, historyOf };
}

/** MovieLens-1M's histories, or where it is not on this machine as many and as long ones by chance. */
export async function movielensCatalogue(): Promise<Catalogue & { readonly name: string }> {
  if (!existsSync(MOVIELENS))
    return { ...generatedCatalogue(3_416, 6_040, 165), name: "generated as large as ML-1M" };
  const lines = (await Bun.file(MOVIELENS).text()).trimEnd().split("\n").slice(1);
  const histories = lines.map((line) => line.split("\t")[1]!.split(" ").map(Number));
  const ids = [...new Set(histories.flat())].sort((a, b) => a - b);
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const rows = histories.map((history) => history.map((id) => rowOf.get(id)!));
  const historyOf = (user: number) => rows[user]!;
  return { posts: ids.length, users: rows.length, historyOf, name: "ML-1M" };
}

/** Id of the post in a row; ids have gaps, as upstream's have. */
export const postId = (row: number) => String(1_001 + 3 * row) as PostId;
export const userId = (user: number) => String(user + 1) as UserId;
export const username = (user: number) => `viewer-${userId(user)}`;

/** Fill a new store. `vectors` `[posts × d]` are kept as those of `model`. Three in five posts seen are liked. */
export async function fillStore(
  path: string,
  catalogue: Catalogue,
  { model, vectors, d }: { model: string; vectors: Float32Array; d: number },
): Promise<void> {
  using store = openStore(path);
  const { posts, users } = catalogue;
  await inBatches(posts, postAt, (batch) => store.posts.record(batch, 1));
  await inBatches(users, userAt, (batch) => store.users.record(batch, 2));
  const fetch = { scan: 3, atMs: AS_OF_MS };
  let waiting: Event[] = [];
  for (let user = 0; user < users; user++) {
    waiting.push(...eventsOf(catalogue, user));
    if (waiting.length < BATCH && user < users - 1) continue;
    await store.events.record(waiting, fetch);
    waiting = [];
  }
  await embed(store, model, vectors, d);
}

/** Events of a user, oldest first. */
export function eventsOf({ historyOf }: Catalogue, user: number): Event[] {
  const history = historyOf(user);
  return history.flatMap((row, n): Event[] => {
    const ageDays = (180 * (history.length - n)) / history.length;
    const claimedAtMs = AS_OF_MS - Math.floor(ageDays * DAY_MS);
    const done = { userId: userId(user), postId: postId(row), value: 1, claimedAtMs };
    const view: Event = { ...done, kind: "view" };
    return (user * 31 + row * 17) % 5 < 3 ? [view, { ...done, kind: "like" }] : [view];
  });
}

async function embed(store: Store, model: string, vectors: Float32Array, d: number): Promise<void> {
  const hash = (title: string) => `hash of ${title}`;
  await hashPosts(store.texts, (it) => hash(it.title));
  await hashUsers(store.texts, () => "");
  const one = (row: number) => ({
    hash: hash(postAt(row).title),
    vector: vectors.subarray(row * d, row * d + d),
  });
  await inBatches(vectors.length / d, one, (batch) => store.embeddings.put(model, batch));
}

async function inBatches<T>(
  count: number,
  make: (n: number) => T,
  write: (batch: T[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const length = Math.min(BATCH, count - from);
    await write(Array.from({ length }, (_, n) => make(from + n)));
  }
}

function postAt(row: number): Post {
  const id = Number(postId(row));
  const category = row % CATEGORIES;
  return somePost(id, {
    categories: [{ id: category + 1, name: `kind ${category}` }],
    createdAtMs: AS_OF_MS - ((row * 7_919) % 2_000) * DAY_MS,
    card: card(id),
  });
}

const userAt = (user: number) => someUser(Number(userId(user)), username(user));
