/** Who asks: from a name to what ranking knows of a person. */
import type { History, UserId } from "../../domain.ts";
import { personOf, type Person } from "../../rank/person.ts";
import type { Model } from "../../snapshot/model.ts";
import type { Store } from "../../store/open.ts";
import { tastes } from "../../train/confidence.ts";
import { profilePrior } from "../../train/profile.ts";
import type { LiveSnapshot } from "./live.ts";

/** The parts of the store that people are read from. */
export type PeopleStore = Pick<Store, "users" | "interactions" | "embeddings">;

const LIKE = 1;

/** Nobody has done anything yet. */
const NO_HISTORY: History = {
  postIds: new Float64Array(0),
  kinds: new Uint8Array(0),
  values: new Float32Array(0),
  atMs: new Float64Array(0),
  withdrawn: new Uint8Array(0),
};

/** A user's interactions fetched up to a position; of a stranger, none. */
export async function historyOf(
  store: PeopleStore,
  id: UserId | undefined,
  position?: number,
): Promise<History> {
  return id === undefined ? NO_HISTORY : store.interactions.history(id, position);
}

/** Fold a history into a snapshot, with what the profile promises as prior. */
export async function foldPerson(
  store: PeopleStore,
  { ranker }: LiveSnapshot,
  id: UserId | undefined,
  history: History,
): Promise<Person> {
  const { model, rowOf } = ranker;
  const { encoder, k } = model.info;
  const profile = id === undefined ? undefined : await store.users.profile(id);
  const vectors =
    encoder && profile?.textHash
      ? await store.embeddings.get(encoder.model, [profile.textHash])
      : undefined;
  const facts = profile && {
    counters: profile.counters,
    vector: vectors?.get(profile.textHash),
  };
  const prior = profilePrior(facts, model.userMap, k, encoder?.dimension ?? 0);
  return personOf(model, rowOf, history, prior);
}

/** Ids of the posts that the person dislikes at the moment, by the model's scale of ratings. */
export function dislikedNow({ info, ratings }: Model, history: History): Set<number> {
  const scale = { sorted: ratings };
  const taste = tastes(history, scale, info.asOfMs, info.settings.confidence);
  return new Set(taste.postIds.filter((_, n) => taste.confidence[n]! < 0));
}

/** Ids of the posts that the person likes at the moment. */
export function likedNow({ postIds, kinds, withdrawn }: History): Set<number> {
  return new Set(postIds.filter((_, n) => kinds[n] === LIKE && withdrawn[n] === 0));
}
