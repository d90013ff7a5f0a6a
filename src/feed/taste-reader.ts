/** Reads the taste of a person from their state in the newest snapshot. */
import type { PostKey, UserId } from "../domain/ids.ts";
import { UNMOVED } from "../domain/sliders.ts";
import { moodNames, moodVector } from "../models/mood/model.ts";
import { remembered } from "../models/contract.ts";
import type { Person } from "../models/person.ts";
import { audienceOf } from "../ranking/audience.ts";
import type { Model } from "../snapshot/model.ts";
import { postCount } from "../snapshot/spare.ts";
import type { Parts } from "./parts.ts";
import { strengthOf } from "./pulls.ts";
import { verbFor } from "./sayings.ts";
import { tasteWords, type Leaning, type RecentPost, type Taste } from "./taste.ts";

/** Most entries of each list. */
const LISTED = 10;

/** Opens the answers; `undefined` without a snapshot. They throw a HistoryError if the user cannot be read. */
export function tasteReader(parts: Parts & { readonly steerHalfLifeDays: number }) {
  const { requestUsers, userStates, snapshot, steerHalfLifeDays } = parts;
  return async (userId: UserId): Promise<Taste | "unknown user" | undefined> => {
    const user = await requestUsers.known({ userId }, () => {});
    const current = snapshot();
    if (current === undefined) return undefined;
    if (user.user === undefined) return "unknown user";
    const { model } = current.ranker;
    const { person, steering: said } = await userStates.known(current, user);
    const { confidence } = person;
    const steering = (said?.steers ?? []).map((it) => ({ ...it, strength: strengthOf(it, user.nowMs, steerHalfLifeDays) })); // prettier-ignore
    const recent = await recentPosts(parts, person, model);
    const taste = {
      id: userId,
      audience: audienceOf(person.length),
      snapshot: current.id,
      posts: {
        known: person.length,
        liked: confidence.filter((it) => it > 0).length,
        disliked: confidence.filter((it) => it < 0).length,
      },
      categories: leanings(person, model.categoryRows, (n) => model.info.categories[n]!.name),
      creators: leanings(person, model.creatorRows, (n) => model.info.creators[n]!),
      moods: moodsOf(person, model),
      recent: recent.map(({ key: _, ...it }) => it),
      steering,
      sliders: said?.sliders ?? UNMOVED,
    };
    const lately = recent.find((it) => it.confidence > 0 && it.title !== "");
    const verb = lately && verbFor(await parts.store.events.history(user.user.key, user.position), lately.key); // prettier-ignore
    return {
      ...taste,
      words: tasteWords(taste, verb === undefined ? undefined : { verb, title: lately!.title }),
    };
  };
}

/** Liking summed up by a label of the posts, −1 for none. */
function leanings(
  { rows, confidence }: Person,
  labels: Int32Array,
  nameOf: (label: number) => string,
): Leaning[] {
  const sums = new Map<number, { liking: number; liked: number; disliked: number }>();
  let total = 0;
  for (const [n, row] of rows.entries()) {
    const [label, c] = [labels[row]!, confidence[n]!];
    const sum = sums.get(label) ?? { liking: 0, liked: 0, disliked: 0 };
    sum.liking += Math.max(0, c);
    total += Math.max(0, c);
    if (c > 0) sum.liked++;
    else sum.disliked++;
    sums.set(label, sum);
  }
  sums.delete(-1);
  return [...sums]
    .sort(([, a], [, b]) => b.liking - a.liking || b.disliked - a.disliked)
    .slice(0, LISTED)
    .map(([label, { liking, liked, disliked }]) => ({
      name: nameOf(label),
      share: total > 0 ? liking / total : 0,
      ...{ liked, disliked },
    }));
}

/** Nearness of the liked texts to each mood, less that of the catalogue's. */
function moodsOf({ rows, confidence }: Person, model: Model): Taste["moods"] {
  const d = model.info.encoder?.dimension ?? 0;
  const liked = meanText(model, rows, (n) => Math.max(0, confidence[n]!));
  const all = catalogueText(model);
  if (liked === undefined || all === undefined) return [];
  const nearer = moodNames(model).map((name) => {
    const vector = moodVector(model, name)!;
    let nearness = 0;
    for (let k = 0; k < d; k++) nearness += vector[k]! * (liked[k]! - all[k]!);
    return { name, nearness };
  });
  return nearer
    .filter((it) => it.nearness > 0)
    .sort((a, b) => b.nearness - a.nearness)
    .slice(0, LISTED);
}

const catalogueText = remembered((model: Model) =>
  meanText(
    model,
    Uint32Array.from({ length: postCount(model) }, (_, row) => row),
    () => 1,
  ),
);

/** Weighted mean of the text vectors of some rows `[d]`; `undefined` without any. */
function meanText(
  { embeddings, info }: Model,
  rows: Uint32Array,
  weightOf: (n: number) => number,
): Float64Array | undefined {
  const d = info.encoder?.dimension ?? 0;
  const mean = new Float64Array(d);
  let total = 0;
  for (const [n, row] of rows.entries()) {
    const weight = weightOf(n);
    if (weight === 0 || embeddings[row * d] === undefined) continue;
    total += weight;
    for (let k = 0; k < d; k++) mean[k]! += weight * embeddings[row * d + k]!;
  }
  return total === 0 || d === 0 ? undefined : mean.map((it) => it / total);
}

/** The newest posts of a history that say something. */
async function recentPosts(
  { store, idsOf }: Pick<Parts, "store" | "idsOf">,
  { rows, confidence }: Person,
  { postKeys }: Model,
): Promise<(RecentPost & { readonly key: PostKey })[]> {
  const places = [...rows.keys()].slice(-LISTED).reverse();
  const keys = places.map((n) => postKeys[rows[n]!] as PostKey);
  const [ids, titles] = await Promise.all([idsOf(keys), store.posts.titles(keys)]);
  return places.map((n, at) => ({
    key: keys[at]!,
    id: ids[at]!,
    title: titles.get(keys[at]!) ?? "",
    confidence: confidence[n]!,
  }));
}
