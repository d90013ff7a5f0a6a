/** Pulls: what a person has asked for, as rows and vectors of one snapshot, faded by the time since. */
import { DAY_MS } from "../domain/day.ts";
import type { History } from "../domain/history.ts";
import { signalCoded, signalNamed } from "../domain/known-signals.ts";
import { SIGNALS, type BuiltIn } from "../domain/signals.ts";
import { isHiding, TARGETS, type Steered, type Steering } from "../domain/steering.ts";
import { hasVector } from "../index/exact.ts";
import { remembered, type Pull, type Pulls } from "../models/contract.ts";
import { rowsOfTag } from "../models/tags.ts";
import { FOUND } from "../ranking/steering.ts";
import type { Model } from "../snapshot/model.ts";
import type { IntentReader } from "./intent.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";

/** A person's requests: of posts by events, of all else by steering. */
export type FullSteering = Steering & {
  /** One a post, by its key: the newest {@link POSTS_MAX} for more or less of it, the oldest first. */
  readonly posts: readonly (Pick<Steered, "way" | "atMs"> & { readonly key: number })[];
};

/** A snapshot, and the search among its embeddings. */
type Searched = Pick<ServedSnapshot, "ranker" | "nearest">;

/** A request for more or less. */
type Fading = Steered | FullSteering["posts"][number];
/** Subject of a request in one snapshot. */
type About = Pick<Pull, "about" | "near">;

const NOTHING = new Uint32Array(0);
/** Most requests that count, the strongest: about rows, and about vectors, each of which takes a fifth of the time of a ranking. */
const MOST = { rows: 50, vectors: 5 } as const;
/** Most requests about posts that are kept of a history: the strongest with a vector are chosen from them at each ranking. */
export const POSTS_MAX = 200;

/** The requests for more or less in a history that have not been taken back. */
export function postSteers({ postKeys, kinds, atMs, withdrawn }: History): FullSteering["posts"] {
  const places = Array.from(kinds.keys()).filter(
    (n) => signalCoded(kinds[n]!)?.steers && withdrawn[n] === 0,
  );
  const newest = places.sort((a, b) => atMs[a]! - atMs[b]!).slice(-POSTS_MAX);
  return newest.map((n) => ({
    way: signalNamed(kinds[n]!) as BuiltIn,
    key: postKeys[n]!,
    atMs: atMs[n]!,
  }));
}

/** The strength that is left of a request, less by each whole day: within one, a list can be ranked again. */
export function strengthOf(
  { way, atMs }: Pick<Steered, "way" | "atMs">,
  nowMs: number,
  halfLifeDays: number,
): number {
  const days = Math.max(0, Math.floor((nowMs - atMs) / DAY_MS));
  return SIGNALS[way].steers! * 0.5 ** (days / halfLifeDays);
}

/** Opens the reader of pulls, each of which loses half of its strength in `halfLifeDays`. */
export function pullReader(intents: IntentReader, halfLifeDays: number) {
  const read = new WeakMap<Fading, About & { readonly model: Model }>();

  /** Subject of a request; `undefined` if that can't be said now: an encoder that is away may be back at the next. */
  async function aboutIn({ ranker, nearest }: Searched, it: Fading): Promise<About | undefined> {
    const { model, rowOf } = ranker;
    const known = read.get(it);
    if (known?.model === model) return known;
    const about = isOfPost(it) ? vectorOf(model, rowOf(it.key)) : await aboutOf(intents, model, it);
    if (about === undefined) return undefined;
    const found = { about, ...(about instanceof Float32Array && { near: nearest(about, FOUND) }) };
    read.set(it, { ...found, model });
    return found;
  }

  return async (
    steering: FullSteering | undefined,
    snapshot: Searched,
    nowMs: number,
  ): Promise<Pulls | undefined> => {
    if (steering === undefined || steering.steers.length + steering.posts.length === 0)
      return undefined;
    const chosen = strongest(steering, snapshot, (it) => strengthOf(it, nowMs, halfLifeDays));
    const pulls = chosen.map(async ({ it, strength }): Promise<Pull[]> => {
      const { about, near } = (await aboutIn(snapshot, it)) ?? {};
      const words = isOfPost(it) ? TARGETS.post.words() : TARGETS[it.target].words(it.id);
      if (!about?.length) return [];
      return [
        { about, ...(near && { near }), strength, words: `you asked for ${it.way} ${words}` },
      ];
    });
    const hidden = hiddenRows(steering, snapshot.ranker.model);
    return { hidden, pulls: (await Promise.all(pulls)).flat() };
  };
}

const isOfPost = (it: Fading): it is FullSteering["posts"][number] => "key" in it;

/** The requests that count, the strongest first, of equal ones the newest: found before what they are about, which takes time. */
function strongest(
  { steers, posts }: FullSteering,
  { ranker: { model, rowOf } }: Searched,
  strengthOf: (it: Fading) => number,
) {
  const known = posts.filter((it) => vectorOf(model, rowOf(it.key)) !== undefined);
  const sorted = [...steers, ...known]
    .flatMap((it) => (isHiding(it) ? [] : [{ it, strength: strengthOf(it) }]))
    .reverse()
    .sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength));
  const { rows = [], vectors = [] } = Object.groupBy(sorted, ({ it }) =>
    isOfPost(it) || it.target === "mood" ? "vectors" : "rows",
  );
  return [...rows.slice(0, MOST.rows), ...vectors.slice(0, MOST.vectors)];
}

/** Subject of a request; nothing if no post is, `undefined` if that can't be said now. */
async function aboutOf(intents: IntentReader, model: Model, { target, id }: Steered) {
  if (target === "tag") return rowsOfTag(model, id);
  if (target === "mood") {
    const { vector, fallback } = await intents.mood(model, id);
    return vector ?? (fallback.length > 0 ? undefined : NOTHING);
  }
  if (target === "category") {
    const { categoryMask: mask, fallback } = await intents.category(model, id);
    return mask ? rowsWhere(mask, (it) => it === 1) : fallback.length > 0 ? undefined : NOTHING;
  }
  const creator = model.info.creators.indexOf(id);
  return creator < 0 ? NOTHING : rowsWhere(model.creatorRows, (it) => it === creator);
}

/** Rows of the posts of creators who are hidden. */
export const hiddenRows = (steering: Steering, model: Model): Uint32Array =>
  hiddenIn(steering)(model);

const hiddenIn = remembered(({ steers }: Steering) =>
  remembered(({ info, creatorRows }: Model) => {
    const names = new Set(steers.filter(isHiding).map((it) => it.id));
    const hidden = new Set(info.creators.keys().filter((n) => names.has(info.creators[n]!)));
    return hidden.size === 0 ? NOTHING : rowsWhere(creatorRows, (it) => hidden.has(it));
  }),
);

function rowsWhere(column: Uint8Array | Int32Array, is: (value: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < column.length; row++) if (is(column[row]!)) rows.push(row);
  return Uint32Array.from(rows);
}

function vectorOf({ embeddings, info }: Model, row: number | undefined) {
  const d = info.encoder?.dimension ?? 0;
  if (row === undefined || !hasVector(embeddings, row, d)) return undefined;
  return embeddings.subarray(row * d, row * d + d);
}
