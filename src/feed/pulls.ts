/** Pulls: what a person has asked for, as rows and vectors of one snapshot, faded by the time since. */
import type { History } from "../domain/history.ts";
import { signalCoded, signalNamed } from "../domain/known-signals.ts";
import { SIGNALS, type BuiltIn } from "../domain/signals.ts";
import { isHiding, TARGETS, type Steered, type Steering } from "../domain/steering.ts";
import { hasVector } from "../index/exact.ts";
import { remembered, type Pull, type Pulls } from "../models/contract.ts";
import { rowsOfTag } from "../models/tags.ts";
import { FOUND, isOfRows } from "../ranking/steering.ts";
import type { Model } from "../snapshot/model.ts";
import type { IntentReader } from "./intent.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";

/** What a person has asked for: of posts by events, of all else by steering. */
export type FullSteering = Steering & {
  /** One a post, by its key. */
  readonly posts: readonly (Pick<Steered, "way" | "atMs"> & { readonly key: number })[];
};

/** A snapshot, and the search among its embeddings. */
type Searched = Pick<ServedSnapshot, "ranker" | "nearest">;

/** What a request is about in one snapshot. */
type About = Pick<Pull, "about" | "near">;
/** What all requests are about; `undefined` for one that can't be said now. */
type Abouts = { readonly steers: readonly (About | undefined)[]; readonly posts: readonly About[] };

const DAY_MS = 86_400_000;
const NOTHING = new Uint32Array(0);
/** Most requests that count, the strongest: about rows, and about vectors, each of which takes a fifth of the time of a ranking. */
const MOST = { rows: 50, vectors: 5 } as const;

/** The requests in a history that have not been taken back. */
export function postSteers({ postKeys, kinds, atMs, withdrawn }: History): FullSteering["posts"] {
  const places = Array.from(kinds.keys()).filter(
    (n) => signalCoded(kinds[n]!)?.steers && withdrawn[n] === 0,
  );
  return places.map((n) => ({
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
  const read = new WeakMap<FullSteering, Abouts & { readonly model: Model }>();

  async function aboutsOf(steering: FullSteering, { ranker, nearest }: Searched): Promise<Abouts> {
    const { model, rowOf } = ranker;
    const known = read.get(steering);
    if (known?.model === model) return known;
    const near = (about: Float32Array) => ({ about, near: nearest(about, FOUND) });
    const found = steering.steers.map((it) => aboutOf(intents, model, it));
    const steers = (await Promise.all(found)).map((it) => it && (it instanceof Float32Array ? near(it) : { about: it })); // prettier-ignore
    const posts = steering.posts.map((it) => {
      const vector = vectorOf(model, rowOf(it.key));
      return vector ? near(vector) : { about: NOTHING };
    });
    // An encoder that is away may be back at the next request.
    if (!steers.includes(undefined)) read.set(steering, { model, steers, posts });
    return { steers, posts };
  }

  return async (
    steering: FullSteering | undefined,
    snapshot: Searched,
    nowMs: number,
  ): Promise<Pulls | undefined> => {
    if (steering === undefined || steering.steers.length + steering.posts.length === 0)
      return undefined;
    const abouts = await aboutsOf(steering, snapshot);
    const asked = steering.steers.map((it, n) => ({ ...it, ...abouts.steers[n], words: TARGETS[it.target].words(it.id) })); // prettier-ignore
    const posts = steering.posts.map((it, n) => ({ ...it, ...abouts.posts[n], words: TARGETS.post.words() })); // prettier-ignore
    const pulls = [...asked, ...posts].flatMap((it): Pull[] => {
      const { about, near, way, words } = it;
      if (isHiding(it) || !about?.length) return [];
      const strength = strengthOf(it, nowMs, halfLifeDays);
      return [{ about, ...(near && { near }), strength, words: `you asked for ${way} ${words}` }];
    });
    return { hidden: hiddenRows(steering, snapshot.ranker.model), pulls: strongest(pulls) };
  };
}

/** The pulls that count, the strongest first, of equal ones the newest. */
function strongest(pulls: readonly Pull[]): Pull[] {
  const sorted = pulls.toReversed().sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength));
  return [
    ...sorted.filter(isOfRows).slice(0, MOST.rows),
    ...sorted.filter((it) => !isOfRows(it)).slice(0, MOST.vectors),
  ];
}

/** What a request is about; nothing if no post is, `undefined` if that can't be said now. */
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
    const hidden = new Set(steers.filter(isHiding).map((it) => info.creators.indexOf(it.id)));
    hidden.delete(-1);
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
