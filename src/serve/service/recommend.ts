/** A feed from a name: who asks, what for, ranked, cached by list, cut into pages. */
import type { PostId, UserId } from "../../domain.ts";
import { audienceOf } from "../../rank/audience.ts";
import { TIERS } from "../../rank/feed.ts";
import type { Asked } from "../../rank/query.ts";
import type { Store } from "../../store/open.ts";
import type { FeedPage, FeedRequest } from "../contract.ts";
import { reasonFor } from "./explain.ts";
import { inputsOf, rankedLists, tokenOf, type ListInputs, type RankedList } from "./lists.ts";
import type { Live, LiveSnapshot } from "./live.ts";
import { foldPerson, historyOf, likedNow } from "./people.ts";
import { wishes, type EncodeText } from "./wishes.ts";

export type RecommendDeps = {
  readonly live: Live;
  readonly store: Pick<Store, "users" | "interactions" | "embeddings" | "posts">;
  readonly encode: EncodeText;
};

/** Posts a list is deep. */
const DEPTH = 1_000;

type Ask = Pick<FeedRequest, "projectCode" | "mood"> & { readonly userId: UserId | undefined };
type Prepared = { readonly asked: Omit<Asked, "model" | "nearest">; readonly about: About };
type About = Pick<RankedList, "historyLength" | "match" | "fallback">;

/** The feed of the service. */
export function recommender({ live, store, encode }: RecommendDeps) {
  const lists = rankedLists();
  const understand = wishes(encode);

  /** Everything ranking needs, from one snapshot and the history up to one position. */
  async function prepare(snapshot: LiveSnapshot, ask: Ask, position: number): Promise<Prepared> {
    const { model } = snapshot.ranker;
    const history = await historyOf(store, ask.userId, position);
    const person = await foldPerson(store, snapshot, ask.userId, history);
    const category = await understand.category(model, ask.projectCode);
    const mood = await understand.mood(model, ask.mood);
    return {
      asked: { person, within: category.within, mood: mood.vector, limit: DEPTH },
      about: {
        historyLength: person.length,
        match: [...category.match, ...mood.match],
        fallback: [...category.fallback, ...mood.fallback],
      },
    };
  }

  async function rankAnew(
    query: string,
    ask: Ask,
    inputs: ListInputs | undefined,
  ): Promise<RankedList | undefined> {
    const before = inputs && live.byId(inputs.snapshot);
    const snapshot = before ?? live.current();
    if (snapshot === undefined) return undefined;
    const position = before ? inputs.position : await newestPosition(ask.userId);
    const { asked, about } = await prepare(snapshot, ask, position);
    const expired = inputs !== undefined && before === undefined ? ["list_expired"] : [];
    const { rows, tierStart } = snapshot.ranker.rank(asked);
    const list = { rows, tierStart, snapshot: snapshot.id, position, ...about };
    // A list made while the encoder was away is not what the same query gets a moment later.
    if (about.fallback.length === 0) lists.keep(query, list);
    return { ...list, fallback: [...about.fallback, ...expired] };
  }

  async function newestPosition(userId: UserId | undefined): Promise<number> {
    return userId === undefined ? 0 : store.interactions.position(userId);
  }

  async function explain(list: RankedList, ask: Ask, rows: Uint32Array) {
    const snapshot = live.byId(list.snapshot);
    if (snapshot === undefined) return undefined;
    const { asked } = await prepare(snapshot, ask, list.position);
    const feed = snapshot.ranker.rank(asked);
    const reasons = Array.from(rows, (row) => reasonFor(snapshot.ranker, feed, row));
    return { reasons, trace: feed.trace };
  }

  return async (request: FeedRequest): Promise<FeedPage | undefined> => {
    const { username, projectCode, mood, page, pageSize } = request;
    const userId = await store.users.find(username);
    const ask: Ask = { userId, projectCode, mood };
    const query = JSON.stringify([userId ?? username, projectCode, mood]);
    const inputs = request.list === undefined ? undefined : (inputsOf(request.list) ?? GONE);
    const cached = inputs || page > 1 ? lists.find(query, inputs) : undefined;
    const list = cached ?? (await rankAnew(query, ask, inputs));
    const snapshot = list && live.byId(list.snapshot);
    if (list === undefined || snapshot === undefined) return undefined;

    const { postIds } = snapshot.ranker.model;
    const [from, to] = [(page - 1) * pageSize, page * pageSize];
    const rows = await stillServable(list.rows.subarray(from, to), postIds);
    const placed = Uint32Array.from(rows, (it) => it.row);
    const explained = request.explain ? await explain(list, ask, placed) : undefined;
    const liked = likedNow(await historyOf(store, userId));
    return {
      posts: rows.map(({ id, card }) => ({ card, upvoted: liked.has(id) })),
      nextList: to < list.rows.length ? tokenOf(list) : undefined,
      user: { id: userId ?? null, known: userId !== undefined },
      audience: audienceOf(list.historyLength),
      match: list.match,
      snapshot: list.snapshot,
      fallback: [...list.fallback, ...tiersIn(list, from, to)],
      explain: explained?.reasons,
      trace: explained?.trace,
    };
  };

  /** Rows with their cards, without posts that were locked, hidden or withdrawn since the snapshot. */
  async function stillServable(rows: Uint32Array, postIds: Float64Array) {
    const ids = Array.from(rows, (row) => postIds[row]! as PostId);
    const cards = await store.posts.cards(ids);
    return ids.flatMap((id, n) => {
      const card = cards.get(id);
      return card ? [{ id, card, row: rows[n]! }] : [];
    });
  }
}

/** What a token that nobody gave out stands for: a snapshot that is gone. */
const GONE: ListInputs = { snapshot: "", position: 0 };

/** The fallback tiers that a page reaches into. */
function tiersIn({ tierStart, rows }: RankedList, from: number, to: number): string[] {
  return TIERS.filter((_, n) => {
    const [start, end] = [tierStart[n]!, tierStart[n + 1] ?? rows.length];
    return start < end && from < end && to > start;
  });
}
