/** New posts of a snapshot, for which feeds have reserved slots, with what is known of them so far. */
import type { Exposure } from "../data/exposures.ts";
import type { ServedLog, ServedPage } from "../data/served-log.ts";
import { DAY_MS } from "../domain/day.ts";
import type { PostKey } from "../domain/ids.ts";
import type { Trials } from "../models/trials.ts";
import { pause } from "../runtime/time-slicing.ts";
import type { Model } from "../snapshot/model.ts";
import { postCount } from "../snapshot/spare.ts";
import { exposureCounting } from "./exposure-counting.ts";
import { stageOf, trialsAmong, youngRows, type TrialSettings } from "./trials.ts";

/** Time between two readings of the counts, milliseconds. */
const REFRESH_MS = 1_000;
/** Most steps of counting in that time. */
const STEPS_MAX = 50;
/** Counts that are read at once. */
const READ = 5_000;
/** Impressions of posts on trial after which their order is made anew: none is to get far more than another in a second. */
const REORDER_AFTER = 50;
/** Completion that is assumed where nothing is known, and its weight in impressions. */
const PRIOR_RATE = 0.3;
const PRIOR_IMPRESSIONS = 20;

const NEVER: Exposure = { impressions: 0, completions: 0 };

/** The new posts that a process serves. */
export type NewPosts = {
  /** The trials among a snapshot's posts; `undefined` if no slots are reserved. */
  readonly trials: (model: Model, nowMs: number) => Trials | undefined;
  /** Counts a page that is served now, until it is read from the log. */
  readonly served: (page: Pick<ServedPage, "slots">) => void;
};

/** New posts that nothing is reserved for. */
export const NO_NEW_POSTS: NewPosts = { trials: () => undefined, served: () => {} };

/** Counts what happened to new posts, and reads the counts. */
type Counting = () => Promise<void>;
/** The new posts of a model. */
type Young = {
  readonly model: Model;
  readonly rows: readonly number[];
  /** Of those that have not graduated. */
  readonly keys: ReadonlySet<number>;
  /** The model's largest key. Later posts have larger ones, and another process may have served them. */
  readonly lastKey: number;
};

/** Dependencies of {@link openNewPosts}. */
type NewPostsDeps = Omit<Parameters<typeof exposureCounting>[0], "servedLog"> & {
  readonly servedLog: () => ServedLog;
  readonly settings: TrialSettings;
  /** Reports when counting fails; the last counts serve on. */
  readonly watched?: (count: Counting) => Counting;
};

/** Opens the new posts of a process. Requests do not wait for counts. */
export function openNewPosts(deps: NewPostsDeps): NewPosts {
  const { servedLog, settings, watched = (count) => count } = deps;
  if (settings.share === 0) return NO_NEW_POSTS;
  const counts = new Map<PostKey, Exposure>();
  /** Impressions since the counts were read. */
  const pending = new Map<PostKey, number>();
  let counting: ReturnType<typeof exposureCounting> | undefined;
  let completionRate = PRIOR_RATE;
  let readUntil = 0;
  let [readAtMs, isReading] = [-Infinity, false];
  let young: Young | undefined;
  let made: { readonly trials: Trials; readonly keys: ReadonlySet<number> } | undefined;
  let shown = 0;

  const isYoung = (post: number) => young!.keys.has(post) || post > young!.lastKey;
  const refresh = watched(async () => {
    const log = servedLog();
    counting ??= exposureCounting({ ...deps, servedLog: log });
    for (let step = 0; step < STEPS_MAX && !(await counting(isYoung)); step++) await pause();
    for (let size = READ; size === READ;) {
      const { n, posts } = await log.exposures.changedAfter(readUntil, READ);
      for (const { post, ...exposure } of posts) if (isYoung(post)) counts.set(post, exposure);
      [readUntil, size] = [n, posts.length];
      await pause();
    }
    completionRate = completionRateOf(await log.exposures.all());
    pending.clear();
    made = undefined;
  });

  /** Finds a model's new posts anew, and has their counts read. */
  function renew(model: Model, nowMs: number): void {
    const rows = youngRows(model, nowMs - settings.days * DAY_MS);
    const isOver = (key: PostKey) =>
      stageOf(counts.get(key) ?? NEVER, completionRate, settings.impressions) === "graduated";
    const keys = new Set(rows.map((row) => model.postKeys[row] as PostKey).filter((it) => !isOver(it))); // prettier-ignore
    [young, made, readAtMs] = [{ model, rows, keys, lastKey: lastKeyOf(model) }, undefined, nowMs];
    if (isReading) return;
    isReading = true;
    void refresh()
      .catch(() => {}) // it is reported
      .finally(() => (isReading = false));
  }

  const countOf = (key: PostKey): Exposure => {
    const { impressions, completions } = counts.get(key) ?? NEVER;
    return { impressions: impressions + (pending.get(key) ?? 0), completions };
  };

  return {
    trials: (model, nowMs) => {
      const isOld = Math.abs(nowMs - readAtMs) >= REFRESH_MS;
      if (young === undefined || young.model !== model || isOld) renew(model, nowMs);
      if (made === undefined || shown >= REORDER_AFTER) {
        const trials = trialsAmong(model, young!.rows, countOf, completionRate, settings);
        made = { trials, keys: new Set(Array.from(trials.rows, (row) => model.postKeys[row]!)) };
        shown = 0;
      }
      return made.trials;
    },
    served: ({ slots }) => {
      for (const { post } of slots) {
        if (made?.keys.has(post) !== true) continue;
        pending.set(post, (pending.get(post) ?? 0) + 1);
        shown++;
      }
    },
  };
}

/** Completions per impression of posts in general. */
export const completionRateOf = ({ impressions, completions }: Exposure): number =>
  (completions + PRIOR_RATE * PRIOR_IMPRESSIONS) / (impressions + PRIOR_IMPRESSIONS);

const lastKeyOf = (model: Model) =>
  model.postKeys.subarray(0, postCount(model)).reduce((a, b) => Math.max(a, b), 0);
