/** Counts impressions from the served log and completions from the event log, once for all processes. */
import type { Store } from "../data/contract.ts";
import type { Showing } from "../data/exposures.ts";
import { ACTIONS } from "../data/history.ts";
import type { LoggedPage, ServedLog } from "../data/served-log.ts";
import { isCompletion } from "../domain/completion.ts";
import type { PostKey, UserKey } from "../domain/ids.ts";

/** Pages and events of one step: some two milliseconds. */
const PAGES = 50;
const EVENTS = 500;
/** Pages of a step that all count for posts in general; of more one does, since their mean needs no more. */
const FEW = 10;
/** One page in so many counts while there are more than a step takes: showings are kept for a day. */
const SAMPLE = 2_048;

/** Dependencies of {@link exposureCounting}. */
type CountingDeps = {
  readonly servedLog: ServedLog;
  readonly events: Pick<Store["events"], "since" | "lastSeq">;
  readonly ids: Pick<Store["ids"], "userIds">;
};

/** Opens the counting of posts for which `isNew` holds; of others a sample is summed up. */
export function exposureCounting({ servedLog, events, ids }: CountingDeps) {
  const { exposures } = servedLog;

  /** The completions of the next part of the log. */
  async function completionsAfter(seq: number) {
    // Events before the first page are due to none.
    if (seq === 0) return { done: [], seq: Math.max(1, await events.lastSeq()), isAll: true };
    const slice = await events.since(seq, EVENTS);
    const { kinds, actions, values, atMs, watchedMs, durationMs, postKeys } = slice.log;
    const isOne = (n: number) =>
      actions[n] === ACTIONS.done &&
      isCompletion(kinds[n]!, values[n]!, watchedMs[n]!, durationMs[n]!);
    const places = Array.from(kinds.keys()).filter(isOne);
    const keys = new Set(places.map((n) => slice.userKeys[n] as UserKey));
    const users = await ids.userIds([...keys]);
    const done = places.flatMap((n) => {
      const userId = users.get(slice.userKeys[n] as UserKey);
      return userId === undefined ? [] : { userId, post: postKeys[n] as PostKey, atMs: atMs[n]! };
    });
    return { done, seq: slice.seq, isAll: kinds.length < EVENTS };
  }

  /** Counts the next pages and events; true if none are left. */
  return async function countSome(isNew: (post: number) => boolean): Promise<boolean> {
    const before = await exposures.ends();
    // Events are read before the pages, and counted after those that they are due to.
    const later = await completionsAfter(before.event);
    await servedLog.flush();
    const pages = await servedLog.after(before.page, PAGES);
    const sample = pages.length <= FEW ? 1 : pages.length < PAGES ? pages.length : SAMPLE;
    const shown = pages.flatMap((page) => showingsOn(page, isNew, page.seq % sample === 0));
    const page = pages.at(-1)?.seq ?? before.page;
    const isBehind = pages.length === PAGES && before.event > 0;
    const { done, seq, isAll } = isBehind ? { done: [], seq: before.event, isAll: false } : later;
    const after = { page, event: seq };
    const isNews = after.page !== before.page || after.event !== before.event;
    if (isNews) await exposures.add(before, after, shown, done);
    return isAll && pages.length < PAGES;
  };
}

/** The showings on a page that count for anything. */
function showingsOn(
  { userId, atMs, slots }: LoggedPage,
  isNewPost: (post: number) => boolean,
  isSampled: boolean,
): Showing[] {
  return slots.flatMap(({ post }) => {
    const isNew = isNewPost(post);
    return isNew || isSampled ? { userId, post, atMs, isNew, isSampled } : [];
  });
}
