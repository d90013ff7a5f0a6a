/** Pulls: what a person has asked for, as rows and vectors of one snapshot, faded by the time since. */
import type { History } from "../domain/history.ts";
import { signalCoded, signalNamed } from "../domain/known-signals.ts";
import { SIGNALS, type BuiltIn } from "../domain/signals.ts";
import { isHiding, TARGETS, type Steered, type Steering } from "../domain/steering.ts";
import { hasVector } from "../index/exact.ts";
import type { Pull, Pulls } from "../models/contract.ts";
import { rowsOfTag } from "../models/tags.ts";
import type { Ranker } from "../ranking/feed.ts";
import type { Model } from "../snapshot/model.ts";
import type { IntentReader } from "./intent.ts";

/** What a person has asked for: of posts by events, of all else by steering. */
export type Wishes = Steering & {
  /** One a post, by its key. */
  readonly posts: readonly (Pick<Steered, "way" | "atMs"> & { readonly key: number })[];
};

/** What a wish is about in one snapshot, and rows of creators who are hidden. */
type About = { readonly steers: readonly (Pull["about"] | undefined)[]; readonly hidden: Uint32Array }; // prettier-ignore

const DAY_MS = 86_400_000;
const NOTHING = new Uint32Array(0);

/** The wishes in a history that have not been taken back. */
export function postWishes({ postKeys, kinds, atMs, withdrawn }: History): Wishes["posts"] {
  const places = Array.from(kinds.keys()).filter(
    (n) => signalCoded(kinds[n]!)?.steers && withdrawn[n] === 0,
  );
  return places.map((n) => ({
    way: signalNamed(kinds[n]!) as BuiltIn,
    key: postKeys[n]!,
    atMs: atMs[n]!,
  }));
}

/** The strength that is left of a wish, less by each whole day: within one, a list can be ranked again. */
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
  const read = new WeakMap<Wishes, { readonly model: Model; readonly about: About }>();

  async function aboutOf(wishes: Wishes, model: Model): Promise<About> {
    const known = read.get(wishes);
    if (known?.model === model) return known.about;
    const steers = await Promise.all(wishes.steers.map((it) => found(intents, model, it)));
    const about = { steers, hidden: hiddenRows(wishes, model) };
    // An encoder that is away may be back at the next request.
    if (!steers.includes(undefined)) read.set(wishes, { model, about });
    return about;
  }

  return async (
    wishes: Wishes | undefined,
    { model, rowOf }: Pick<Ranker, "model" | "rowOf">,
    nowMs: number,
  ): Promise<Pulls | undefined> => {
    if (wishes === undefined || wishes.steers.length + wishes.posts.length === 0) return undefined;
    const { steers, hidden } = await aboutOf(wishes, model);
    const asked = wishes.steers.map((it, n) => ({ ...it, about: steers[n], words: TARGETS[it.target].words(it.id) })); // prettier-ignore
    const posts = wishes.posts.map((it) => ({ ...it, about: vectorOf(model, rowOf(it.key)), words: TARGETS.post.words() })); // prettier-ignore
    const pulls = [...asked, ...posts].flatMap(({ about, words, ...it }): Pull[] =>
      isHiding(it) || !about?.length
        ? []
        : [
            {
              about,
              strength: strengthOf(it, nowMs, halfLifeDays),
              words: `you asked for ${it.way} ${words}`,
            },
          ],
    );
    return { hidden, pulls };
  };
}

/** What a wish is about; nothing if no post is, `undefined` if that can't be said now. */
async function found(intents: IntentReader, model: Model, { target, id }: Steered) {
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
export function hiddenRows(
  { steers = [] }: Partial<Steering>,
  { info, creatorRows }: Model,
): Uint32Array {
  const hidden = new Set(steers.filter(isHiding).map((it) => info.creators.indexOf(it.id)));
  hidden.delete(-1);
  return hidden.size === 0 ? NOTHING : rowsWhere(creatorRows, (it) => hidden.has(it));
}

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
