/** A service on a real store and real snapshots, with models made by hand and an encoder of few words. */
import { Database } from "bun:sqlite";
import { join } from "node:path";
import type { SignalName } from "../../src/domain/known-signals.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Card, Post } from "../../src/domain/post.ts";
import type { FeedPage, FeedRequest } from "../../src/feed/contract.ts";
import { openAdjusting } from "../../src/feed/adjusting/adjusting.ts";
import { openNewPosts } from "../../src/feed/new-posts.ts";
import { openRegistry } from "../../src/feed/snapshot-registry.ts";
import type { TrialSettings } from "../../src/feed/trials.ts";
import { recommender, type RecommendDeps } from "../../src/feed/recommend.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { openServedLog, openStore } from "../../src/data/sqlite/open.ts";
import { keysLikeIds } from "./keys.ts";
import type { Done } from "./histories.ts";
import { AS_OF_MS, modelOf } from "./model.ts";
import { unit, type ModelSketch, type PostSketch } from "./sketch.ts";
import { somePost, someUser } from "./records.ts";
import { writerOn } from "./push.ts";
import { card } from "./service.ts";
import { append } from "./changes.ts";

type Recommend = ReturnType<typeof recommender>["feed"];

/**
 * A store and a folder of snapshots, filled as the test goes on.
 *
 * @param snapshots  Elsewhere, if several worlds share what was learnt.
 */
export function openWorld(
  folder: string,
  posts: readonly PostSketch[],
  snapshots = join(folder, "snapshots"),
) {
  const [storePath, servedPath] = ["store.db", "served.db"].map((it) => join(folder, it)) as [
    string,
    string,
  ];
  const store = openStore(storePath);
  {
    using db = new Database(storePath);
    keysLikeIds(db);
  }
  let clockMs = AS_OF_MS;
  let scan = 0;
  const post = (id: number | string, over: Partial<Omit<Post, "id">> = {}) =>
    store.posts.record([plainPost(id, over)], ++scan);

  return {
    store,
    snapshots,
    /** Put every post of the sketch into the store. */
    fill: async () => {
      const all = posts.map((it, row) => plainPost(it.id ?? 101 + row, {}));
      await store.posts.record(all, ++scan);
    },
    /** Change one post as a later sync would. */
    post,
    user: (id: number | string, username: string) =>
      store.users.record([someUser(id, username)], ++scan),
    /** Store what a user did, fetched a second after whatever came before. */
    did: (userKey: number | string, ...done: (Omit<Done, "post"> & { post: number | string })[]) =>
      store.events.record(
        done.map((it, n) => ({
          userId: String(userKey) as UserId,
          postId: String(it.post) as PostId,
          kind: it.kind,
          value: it.value ?? 1,
          claimedAtMs: it.atMs ?? clockMs + n,
        })),
        { scan: ++scan, atMs: (clockMs += 1_000) },
      ),
    /** Withdraw an event, a second later, as two scans without it would. */
    undid: (user: number, post: number, kind: SignalName) =>
      append(
        store,
        [
          {
            userId: String(user) as UserId,
            postId: String(post) as PostId,
            kind,
            value: 0,
            claimedAtMs: clockMs,
            isWithdrawal: true,
          },
        ],
        { receivedAtMs: (clockMs += 1_000), origin: "client" },
      ),
    /** Learn: write a snapshot of the sketched posts; returns its id. */
    learn: (sketch: ModelSketch = {}, changed = posts) =>
      writeSnapshot(snapshots, modelOf(changed, sketch), "1.2.3", (clockMs += 1_000)),
    /** One process more that serves from this store and these snapshots; without settings it tries no post out. */
    serve: (
      encode: RecommendDeps["encode"] = encodeWords,
      clockMs = Date.now,
      settings: TrialSettings = { share: 0, impressions: 20, days: 7 },
    ) => {
      const registry = openRegistry(snapshots);
      const log = openServedLog(servedPath);
      const servedLog = () => log;
      let counting = Promise.resolve();
      const watched = (count: () => Promise<void>) => () => (counting = count());
      const newPosts = openNewPosts({ ...store, servedLog, settings, watched });
      const adjusting = openAdjusting({
        meta: store.meta,
        writer: () => writerOn(store),
        clockMs,
        readMs: 0,
      });
      const deps = {
        registry,
        store,
        servedLog,
        newPosts,
        encode,
        clockMs,
        lateMs: 0,
        inForce: adjusting.inForce,
      };
      /** Resolves when impressions have been counted, as far as that was begun. */
      const counted = () => counting;
      return { registry, servedLog: log, newPosts, counted, adjusting, ...recommender(deps) };
    },
    [Symbol.dispose]: () => store.close(),
  };
}

/** Ask for a page: page 1 of 5 of a stranger's feed, unless said otherwise. */
export async function ask(feed: Recommend, request: Partial<FeedRequest> = {}): Promise<FeedPage> {
  const page = await feed({
    username: "stranger",
    projectCode: undefined,
    mood: undefined,
    page: 1,
    pageSize: 5,
    list: undefined,
    explain: false,
    ...request,
  });
  if (page === undefined) throw new Error("not ready");
  return page;
}

/** The ids on a page. */
export const idsOn = ({ posts }: FeedPage): number[] => posts.map((it) => idOf(it.card));

/**
 * Follow `next` to the end; each page is asked of the next of `processes`, round and round.
 *
 * @param between  Happens before page n is asked for, from page 2 on.
 */
export async function walk(
  processes: readonly Recommend[],
  request: Partial<FeedRequest> = {},
  between: (page: number) => unknown = () => {},
): Promise<{ ids: number[]; pages: FeedPage[] }> {
  const pages: FeedPage[] = [];
  let number = request.page ?? 1;
  let list: string | undefined;
  for (;;) {
    if (pages.length > 0) await between(number);
    const feed = processes[pages.length % processes.length]!;
    const page = await ask(feed, { ...request, page: number, list });
    pages.push(page);
    if (page.nextList === undefined) return { ids: pages.flatMap(idsOn), pages };
    list = page.nextList;
    number += 1 + (page.skipped ?? 0);
  }
}

/** Vectors of the few words that this encoder knows; it has one name, the models' own. */
export const encodeWords: RecommendDeps["encode"] = async (text, model) => {
  const axis = ["running shoes", "soup", "stars"].indexOf(text);
  if (model !== "fake@1" || axis < 0) return undefined;
  return Float32Array.from(unit([0, 1, 2].map((it) => Number(it === axis))));
};

/** An encoder that is away. */
export const encodeNothing: RecommendDeps["encode"] = async () => undefined;

function idOf({ head }: Card): number {
  return Number(/"id":(\d+)/.exec(head)![1]);
}

function plainPost(id: number | string, over: Partial<Omit<Post, "id">>): Post {
  const summary = JSON.stringify(over);
  return somePost(id, { categories: [], summary, card: card(id), ...over });
}
