/** The sparse set as a dataset: a made-up store with the shape of the real one. */
import { DAY_MS } from "../../domain/day.ts";
import type { Histories } from "../../domain/history.ts";
import type { Dataset } from "../../training/dataset.ts";
import { gaussian, seededRandom, shuffled, type Random } from "../../linalg/random.ts";
import { historiesOf } from "../events.ts";
import { sparsePosts, TEXT, type SparsePost } from "./catalogue.ts";
import { sparseEvents, type SparseEvent } from "./events.ts";
import { withIncidents, type Incidents } from "./incidents.ts";
import { sparsePeople } from "./people.ts";
import { ARCHIVE, FRONT, watch, type Opening } from "./watching.ts";

/** Accounts, with those that have no events: these leave gaps between the keys. */
const ACCOUNTS = 2_350;
const FIRST_POST_KEY = 11;
/** Age of an archive's posts beyond the usual, milliseconds. */
const ARCHIVE_MS = 200 * DAY_MS;

/** The dataset of a seed. As in a store, accounts without events have no history. */
export function sparseDataset(seed: number, incidents: Incidents = {}): Dataset {
  const random = seededRandom(seed);
  const posts = sparsePosts(random).map((it) =>
    incidents.isArchive ? { ...it, createdAtMs: it.createdAtMs - ARCHIVE_MS } : it,
  );
  const people = withIncidents(random, sparsePeople(random, posts), posts, incidents);
  const opened = watch(random, posts, people, incidents.isArchive ? ARCHIVE : FRONT);
  const events = sparseEvents(random, opened, people);
  const histories = keyed(random, events);
  return {
    asOfMs: Math.max(...events.map((it) => it.atMs)),
    posts: columnsOf(random, posts, opened),
    histories,
    profiles: Array.from(histories.userKeys, () => ({
      counters: [0, 1, 2, 3, 4].map(() => Math.floor(Math.exp(1.2 * gaussian(random)))),
      vector: undefined,
    })),
    encoder: { model: "sparse", dimension: TEXT },
    embeddings: Float32Array.from(posts.flatMap((it) => [...it.text])),
    embedded: posts.length,
    texts: {},
  };
}

function columnsOf(
  random: Random,
  posts: readonly SparsePost[],
  opened: readonly Opening[],
): Dataset["posts"] {
  const opens = new Float64Array(posts.length);
  const liking = new Float64Array(posts.length);
  for (const it of opened) {
    opens[it.post]!++;
    liking[it.post]! += it.liking;
  }
  // Real counters include visitors without an account, and their exits are inexact.
  const viewCounts = opens.map((it) => Math.round(it * (2 + 3 * random()) + 3 * random()));
  const exitCounts = viewCounts.map((views, row) => {
    const mean = liking[row]! / Math.max(1, opens[row]!);
    return Math.round((views * 1.3 * random()) / (1 + Math.exp(1 + mean)));
  });
  return {
    keys: Float64Array.from(posts, (_, row) => FIRST_POST_KEY + row),
    createdAtMs: Float64Array.from(posts, (it) => it.createdAtMs),
    isLocked: new Uint8Array(posts.length),
    isPublic: Uint8Array.from(posts, () => Number(random() > 0.01)),
    isWithdrawn: Uint8Array.from(posts, () => Number(random() < 0.01)),
    isHidden: new Uint8Array(posts.length),
    expiresAtMs: new Float64Array(posts.length),
    viewCounts,
    exitCounts,
    categories: posts.map(({ category }) =>
      random() < 0.02 ? [] : [{ id: 1 + category, name: `Category ${1 + category}` }],
    ),
    topicCodes: posts.map((_, row) => (row % 900 === 0 ? "flic" : undefined)),
    creators: posts.map(({ creator }) => `creator ${creator}`),
    links: posts.map(() => ""),
    titles: posts.map((_, row) => `Post ${row}`),
    summaries: posts.map(() => ""),
    textHashes: posts.map((_, row) => `text ${row}`),
  };
}

/** Histories whose user keys ascend in the order of each account's first event. */
function keyed(random: Random, events: readonly SparseEvent[]): Histories {
  const order = new Map([...new Set(events.map((it) => it.person))].map((it, n) => [it, n]));
  const keys = shuffled(random, [...Array(ACCOUNTS).keys()])
    .slice(0, order.size)
    .sort((a, b) => a - b);
  return historiesOf(
    events.map(({ person, post, ...event }) => ({
      ...event,
      userKey: 1 + keys[order.get(person)!]!,
      postKey: FIRST_POST_KEY + post,
    })),
  );
}
