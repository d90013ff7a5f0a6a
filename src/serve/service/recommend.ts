/** A feed from a name: who asks, what for, ranked, cached by list, cut into pages. */
import type { PostId, UserId } from "../../domain.ts";
import { audienceOf } from "../../rank/audience.ts";
import { TIERS } from "../../rank/feed.ts";
import type { Asked } from "../../rank/query.ts";
import type { Store } from "../../store/open.ts";
import type { FeedPage, FeedRequest } from "../contract.ts";
import { reasonFor } from "./explain.ts";
import { digestOf, inputsOf, rankedLists, tokenOf } from "./lists.ts";
import type { ListInputs, RankedList } from "./lists.ts";
import type { Live, LiveSnapshot } from "./live.ts";
import { dislikedNow, foldPerson, historyOf, likedNow } from "./people.ts";
import { wishes, type EncodeText } from "./wishes.ts";

export type RecommendDeps = {
  readonly live: Live;
  readonly store: Pick<Store, "users" | "interactions" | "embeddings" | "posts">;
  readonly encode: EncodeText;
};

/** Posts a list is deep. */
const DEPTH = 1_000;

type Ask = Pick<FeedRequest, "projectCode" | "mood"> & { readonly userId: UserId | undefined };
type Prepared = {
  readonly asked: Omit<Asked, "model" | "nearest">;
  /** All of the list but what ranking makes of it. */
  readonly about: Omit<RankedList, "rows" | "tierStart">;
};

/** The feed of the service. */
export function recommender({ live, store, encode }: RecommendDeps) {
  const lists = rankedLists();
  const understand = wishes(encode);

  /** Everything ranking needs, from one snapshot and the history up to one position. */
  async function prepare(snapshot: LiveSnapshot, ask: Ask, position: number): Promise<Prepared> {
    const { model } = snapshot.ranker;
    const history = await historyOf(store, ask.userId, position);
    const person = await foldPerson(store, snapshot, ask.userId, history);
    const [category, mood] = await Promise.all([
      understand.category(model, ask.projectCode),
      understand.mood(model, ask.mood),
    ]);
    const asked = { person, within: category.within, mood: mood.vector, limit: DEPTH };
    return {
      asked,
      about: {
        snapshot: snapshot.id,
        position,
        digest: digestOf(asked),
        historyLength: person.length,
        match: [...category.match, ...mood.match],
        fallback: [...category.fallback, ...mood.fallback],
      },
    };
  }

  function rank(query: string, { ranker }: LiveSnapshot, { asked, about }: Prepared): RankedList {
    const { rows, tierStart } = ranker.rank(asked);
    const list = { rows, tierStart, ...about };
    lists.keep(query, list);
    return list;
  }

  /** Ranked afresh, from the newest snapshot and all that is stored of the user. */
  async function listNow(query: string, ask: Ask): Promise<RankedList | undefined> {
    const snapshot = live.current();
    if (snapshot === undefined) return undefined;
    const { userId } = ask;
    const position = userId === undefined ? 0 : await store.interactions.position(userId);
    return rank(query, snapshot, await prepare(snapshot, ask, position));
  }

  /** The list that was made from `inputs`; `undefined` if it cannot be made again. */
  async function listAgain(
    query: string,
    ask: Ask,
    inputs: ListInputs | undefined,
  ): Promise<RankedList | undefined> {
    const snapshot = inputs && live.byId(inputs.snapshot);
    if (snapshot === undefined) return undefined;
    const cached = lists.find(query, inputs!);
    if (cached !== undefined) return cached;
    const prepared = await prepare(snapshot, ask, inputs!.position);
    return prepared.about.digest === inputs!.digest ? rank(query, snapshot, prepared) : undefined;
  }

  /** Page 1 is always fresh; the others go on in the list they are told, or in the newest. */
  async function listFor({ page, list }: FeedRequest, ask: Ask, query: string) {
    if (page === 1) return listNow(query, ask);
    const inputs = list === undefined ? lists.newest(query) : inputsOf(list);
    const again = await listAgain(query, ask, inputs);
    if (again !== undefined) return again;
    const now = await listNow(query, ask);
    if (now === undefined || list === undefined) return now;
    return { ...now, fallback: [...now.fallback, "list_expired"] };
  }

  /** Rows with their cards, without posts that were locked, hidden, withdrawn or disliked since. */
  async function stillServable(rows: Uint32Array, postIds: Float64Array, disliked: Set<number>) {
    const ids = Array.from(rows, (row) => postIds[row]! as PostId);
    const cards = await store.posts.cards(ids);
    return ids.flatMap((id, n) => {
      const card = disliked.has(id) ? undefined : cards.get(id);
      return card ? [{ id, card, row: rows[n]! }] : [];
    });
  }

  async function explain(snapshot: LiveSnapshot, ask: Ask, position: number, rows: number[]) {
    const { asked } = await prepare(snapshot, ask, position);
    const feed = snapshot.ranker.rank(asked);
    return { explain: rows.map((row) => reasonFor(snapshot.ranker, feed, row)), trace: feed.trace };
  }

  return async (request: FeedRequest): Promise<FeedPage | undefined> => {
    const { username, projectCode, mood, page, pageSize } = request;
    const userId = await store.users.find(username);
    const ask: Ask = { userId, projectCode, mood };
    const query = JSON.stringify([userId ?? username, projectCode, mood]);
    const list = await listFor(request, ask, query);
    const snapshot = list && live.byId(list.snapshot);
    if (list === undefined || snapshot === undefined) return undefined;

    const { model } = snapshot.ranker;
    const history = await historyOf(store, userId);
    const liked = likedNow(history);
    const disliked = dislikedNow(model, history);
    const rowsOf = (it: number) =>
      stillServable(
        list.rows.subarray((it - 1) * pageSize, it * pageSize),
        model.postIds,
        disliked,
      );
    let at = page;
    let rows = await rowsOf(at);
    while (rows.length === 0 && at * pageSize < list.rows.length) rows = await rowsOf(++at);
    return {
      posts: rows.map(({ id, card }) => ({ card, upvoted: liked.has(id) })),
      nextList: at * pageSize < list.rows.length ? tokenOf(list) : undefined,
      skipped: at - page,
      user: { id: userId ?? null, known: userId !== undefined },
      audience: audienceOf(list.historyLength),
      match: list.match,
      snapshot: list.snapshot,
      fallback: [...list.fallback, ...tiersIn(list, (at - 1) * pageSize, at * pageSize)],
      ...(request.explain
        ? await explain(
            snapshot,
            ask,
            list.position,
            rows.map((it) => it.row),
          )
        : { explain: undefined }),
    };
  };
}

/** The fallback tiers that a page reaches into. */
function tiersIn({ tierStart, rows }: RankedList, from: number, to: number): string[] {
  return TIERS.filter((_, n) => {
    const [start, end] = [tierStart[n]!, tierStart[n + 1] ?? rows.length];
    return start < end && from < end && to > start;
  });
}
