/** Inputs of user states as the store has them: history, steering and profile. */
import type { Store } from "../data/contract.ts";
import { historyFrom, logColumns } from "../data/history.ts";
import type { History } from "../domain/history.ts";
import type { UserKey } from "../domain/ids.ts";
import type { Steering } from "../domain/steering.ts";
import type { ProfileFacts } from "../models/person.ts";
import type { ServedSnapshot } from "./snapshot-registry.ts";

/** The parts of the store that user states are read from. */
export type UserStore = Pick<Store, "users" | "events" | "embeddings" | "steering">;

/** A user could not be read from the store; `cause` says why. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}

/** The inputs of a user state. */
export type Inputs = {
  readonly history: History;
  readonly profile: ProfileFacts | undefined;
  readonly steering: Steering;
};

/** The inputs of a newcomer. */
export const NOBODY: Inputs = {
  history: historyFrom(logColumns(0)),
  profile: undefined,
  steering: { steers: [], sliders: undefined },
};

/** A user's history and steering up to a position, and their profile. @throws HistoryError */
export async function inputsOf(
  store: UserStore,
  model: ServedSnapshot["ranker"]["model"],
  userKey: UserKey | undefined,
  position: number,
): Promise<Inputs> {
  if (userKey === undefined) return NOBODY;
  try {
    const history = await store.events.history(userKey, position);
    const steering = await store.steering.of(userKey, position);
    return { history, steering, profile: await profileOf(store, model, userKey) };
  } catch (cause) {
    throw new HistoryError("the history could not be read", { cause });
  }
}

/** A user's profile; `undefined` if none is stored. */
async function profileOf(
  store: UserStore,
  { info: { encoder } }: ServedSnapshot["ranker"]["model"],
  userKey: UserKey,
): Promise<ProfileFacts | undefined> {
  const profile = await store.users.profile(userKey);
  if (profile === undefined) return undefined;
  const vectors =
    encoder && profile.textHash
      ? await store.embeddings.get(encoder.model, [profile.textHash])
      : undefined;
  return { counters: profile.counters, vector: vectors?.get(profile.textHash) };
}

/** Hash of the inputs of a state. */
export function userDigest(
  history: History,
  profile: ProfileFacts | undefined,
  { steers, sliders }: Steering,
): bigint {
  const { postKeys, kinds, values, atMs, withdrawn, watchedMs, durationMs, attributed } = history;
  const counters = Float64Array.from(profile?.counters ?? []);
  let digest = 0n;
  const past = [postKeys, kinds, values, atMs, withdrawn, watchedMs, durationMs, attributed];
  const said = steers.length > 0 || sliders ? JSON.stringify([steers, sliders]) : "";
  for (const column of [...past, counters, profile?.vector ?? "", said])
    digest = BigInt(Bun.hash(column, digest));
  return digest;
}
