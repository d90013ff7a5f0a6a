/** Stored histories, written as lists. */
import { signalOf, type SignalName } from "../../src/domain/known-signals.ts";
import { UNKNOWN, type Histories, type History } from "../../src/domain/history.ts";

/** An event of somebody on a post; `value` is 1, `atMs` 0 and nothing is withdrawn unless given. */
export type Done = {
  readonly post: number;
  readonly kind: SignalName;
  readonly value?: number;
  readonly atMs?: number;
  readonly withdrawn?: boolean;
  readonly watchedMs?: number;
  readonly durationMs?: number;
  readonly attributed?: boolean;
};

/** One person's history, in the order given: the store's is oldest first. */
export function history(...done: readonly Done[]): History {
  return {
    postKeys: Float64Array.from(done, (it) => it.post),
    kinds: Uint8Array.from(done, (it) => signalOf(it.kind).code),
    values: Float32Array.from(done, (it) => it.value ?? 1),
    atMs: Float64Array.from(done, (it) => it.atMs ?? 0),
    watchedMs: Float32Array.from(done, (it) => it.watchedMs ?? UNKNOWN),
    durationMs: Float32Array.from(done, (it) => it.durationMs ?? UNKNOWN),
    attributed: Uint8Array.from(done, (it) => Number(it.attributed ?? false)),
    withdrawn: Uint8Array.from(done, (it) => Number(it.withdrawn ?? false)),
  };
}

/** Everybody's: one list a user, ids from 1. */
export function histories(...users: readonly (readonly Done[])[]): Histories {
  let end = 0;
  const ends = users.map((done) => (end += done.length));
  return {
    ...history(...users.flat()),
    userKeys: Float64Array.from(users.keys(), (user) => user + 1),
    rowStart: Uint32Array.of(0, ...ends),
  };
}
