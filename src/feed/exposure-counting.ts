/** Counts impressions from the served log and completions from the event log, once for all processes. */
import type { Store } from "../data/contract.ts";
import type { Counted, Exposure } from "../data/exposures.ts";
import { ACTIONS } from "../data/history.ts";
import type { LoggedPage, ServedLog } from "../data/served-log.ts";
import { isCompletion } from "../domain/completion.ts";
import type { History } from "../domain/history.ts";
import type { PostKey, UserId, UserKey } from "../domain/ids.ts";

/** Pages and events of one step: a few milliseconds. */
const PAGES = 200;
const EVENTS = 1_000;
/** One person in so many counts for posts in general: their mean needs no more. */
const SAMPLE = 4;
/** Time after a page within which a completion is due to it, milliseconds. */
const DUE_MS = 86_400_000;
/** Most that a client's clock may be behind, milliseconds. */
const SKEW_MS = 60_000;

/** Dependencies of {@link exposureCounting}. */
type CountingDeps = {
  readonly servedLog: ServedLog;
  readonly events: Pick<Store["events"], "since" | "history" | "lastSeq">;
  readonly ids: Pick<Store["ids"], "userIds">;
};

/** A completion: who, what, when, by which kind of event. */
type Done = {
  readonly user: UserKey;
  readonly post: PostKey;
  readonly atMs: number;
  readonly kind: number;
};

/** Opens the counting of posts for which `isNew` holds; of others a sample is summed up. */
export function exposureCounting({ servedLog, events, ids }: CountingDeps) {
  const { exposures } = servedLog;

  /** The completions of a part of the log, each with the id of its user. */
  async function completionsAfter(seq: number, isNew: (post: number) => boolean) {
    const slice = await events.since(seq, EVENTS);
    const { kinds, actions, values, atMs, watchedMs, durationMs, postKeys } = slice.log;
    const users = await ids.userIds([...new Set(slice.userKeys)] as UserKey[]);
    const done: (Done & { readonly userId: UserId })[] = [];
    for (let n = 0; n < kinds.length; n++) {
      const [user, post] = [slice.userKeys[n] as UserKey, postKeys[n] as PostKey];
      const userId = users.get(user);
      const isOne = isCompletion(kinds[n]!, values[n]!, watchedMs[n]!, durationMs[n]!);
      if (actions[n] !== ACTIONS.done || !isOne || userId === undefined) continue;
      if (isNew(post) || isSampled(userId))
        done.push({ user, userId, post, atMs: atMs[n]!, kind: kinds[n]! });
    }
    return { done, seq: slice.seq, isAll: kinds.length < EVENTS };
  }

  /** True for the first completion of a post that its user was served within the time before. */
  async function isDue({ user, userId, post, atMs, kind }: Done & { userId: UserId }, seq: number) {
    let servedAtMs: number | undefined;
    for await (const pages of servedLog.pages({ userId, sinceMs: atMs - DUE_MS }))
      for (const page of pages)
        if (page.atMs <= atMs + SKEW_MS && page.slots.some((it) => it.post === post))
          servedAtMs = page.atMs;
    if (servedAtMs === undefined) return false;
    const first = firstCompletion(await events.history(user, seq), post, servedAtMs - SKEW_MS);
    return first?.atMs === atMs && first.kind === kind;
  }

  /** Counts the next pages and events; true if none are left. */
  return async function countSome(isNew: (post: number) => boolean): Promise<boolean> {
    const before = await exposures.counted();
    const pages = await servedLog.after(before.page, PAGES);
    const counts = new Map<PostKey, Exposure>();
    let all = before.all;
    const count = (post: PostKey, userId: string, one: Exposure) => {
      if (isNew(post)) counts.set(post, sum(counts.get(post) ?? NONE, one));
      if (isSampled(userId)) all = sum(all, one);
    };
    for (const { userId, slots } of pages)
      for (const { post } of slots) count(post, userId, IMPRESSION);
    const isFirst = before.event === 0; // events before the first page are due to none
    const later = isFirst
      ? { done: [], seq: Math.max(1, await events.lastSeq()), isAll: true }
      : await completionsAfter(before.event, isNew);
    for (const it of later.done)
      if (await isDue(it, later.seq)) count(it.post, it.userId, COMPLETION);
    const after: Counted = { page: pages.at(-1)?.seq ?? before.page, event: later.seq, all };
    const isNews = after.page !== before.page || after.event !== before.event;
    if (isNews) await exposures.add(before, after, counts);
    return pages.length < PAGES && later.isAll;
  };
}

const NONE: Exposure = { impressions: 0, completions: 0 };
const IMPRESSION: Exposure = { impressions: 1, completions: 0 };
const COMPLETION: Exposure = { impressions: 0, completions: 1 };

const sum = (a: Exposure, b: Exposure): Exposure => ({
  impressions: a.impressions + b.impressions,
  completions: a.completions + b.completions,
});

const isSampled = (userId: LoggedPage["userId"]) => Bun.hash.crc32(userId) % SAMPLE === 0;

/** The earliest completion of a post in a history since a time. */
function firstCompletion(
  { postKeys, kinds, values, atMs, watchedMs, durationMs, withdrawn }: History,
  post: PostKey,
  sinceMs: number,
): Pick<Done, "atMs" | "kind"> | undefined {
  let first: Pick<Done, "atMs" | "kind"> | undefined;
  for (let n = 0; n < postKeys.length; n++) {
    if (postKeys[n] !== post || withdrawn[n] !== 0 || atMs[n]! < sinceMs) continue;
    if (!isCompletion(kinds[n]!, values[n]!, watchedMs[n]!, durationMs[n]!)) continue;
    if (first === undefined || atMs[n]! < first.atMs) first = { atMs: atMs[n]!, kind: kinds[n]! };
  }
  return first;
}
