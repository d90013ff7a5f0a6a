/**
 * Trials: the new posts of a snapshot that reserved slots are for.
 *
 * A post is on trial from its creation until it has had enough impressions (it graduates: ranking knows it by
 * its own statistics), has had its first impressions and is clearly worse than others (it is retired), or
 * is too old. A post that repeats another is never on trial.
 */
import type { Exposure, Exposures } from "../data/exposures.ts";
import { topK } from "../linalg/top-k.ts";
import type { PostKey } from "../domain/ids.ts";
import type { Trials } from "../models/trials.ts";
import type { Model } from "../snapshot/model.ts";

/** Settings of exploration. */
export type TrialSettings = {
  /** Share of all slots that newcomers get, 0 to 1; 0 switches exploration off. */
  readonly share: number;
  /** First impressions that every new post gets. */
  readonly impressions: number;
  /** Age up to which a post or creator is new, days. */
  readonly days: number;
};

/** The new posts that a process serves. */
export type NewPosts = Pick<ReturnType<typeof openNewPosts>, "trials" | "served">;

/** New posts that nothing is reserved for. */
export const NO_NEW_POSTS: NewPosts = { trials: () => undefined, served: () => {} };

/** A post has graduated with so many times the first impressions: half of them decide by what is known. */
const GRADUATION = 2;
/** Standard errors by which a post must be worse than others: 1 of 20 is so by chance. */
const WORSE_BY = 1.64;
/** Most posts that a feed chooses from. */
const MOST = 1_000;
/** Time between two readings of the counts, milliseconds. */
const REFRESH_MS = 1_000;
/** Impressions of posts on trial after which the order is made anew, lest one be shown too often in a second. */
const REORDER_AFTER = 50;
/** Counts that are read at once. */
const READ = 5_000;
/** Completion that is assumed where nothing is known, and its weight in impressions. */
const PRIOR_RATE = 0.3;
const PRIOR_IMPRESSIONS = 20;
const DAY_MS = 86_400_000;

const NEVER: Exposure = { impressions: 0, completions: 0 };

/** State of a post by its counts alone. */
export function stageOf(
  { impressions, completions }: Exposure,
  completionRate: number,
  promised: number,
): "trial" | "graduated" | "retired" {
  if (impressions >= GRADUATION * promised) return "graduated";
  if (impressions < promised) return "trial";
  const mean = (completions + 1) / (impressions + 2);
  const error = Math.sqrt((mean * (1 - mean)) / (impressions + 3));
  return mean + WORSE_BY * error < completionRate ? "retired" : "trial";
}

/** Opens the new posts of a process. Requests never wait for counts. */
export function openNewPosts(
  exposures: Exposures,
  { share, impressions: promised, days }: TrialSettings,
  onFault: (cause: unknown) => void,
) {
  const counts = new Map<PostKey, Exposure>();
  /** Impressions since the last reading. */
  const pending = new Map<PostKey, number>();
  let total = NEVER;
  let read = 0;
  let [readAtMs, isReading] = [-Infinity, false];
  let made: { model: Model; trials: Trials; keys: ReadonlySet<number> } | undefined;
  let shownSince = 0;

  async function refresh(): Promise<void> {
    while (!(await exposures.count())) {}
    for (let size = READ; size === READ;) {
      const { n, posts } = await exposures.changedAfter(read, READ);
      for (const { post, ...exposure } of posts) counts.set(post, exposure);
      [read, size] = [n, posts.length];
    }
    total = await exposures.total();
    pending.clear();
    made = undefined;
  }

  function refreshSoon(nowMs: number): void {
    if (isReading || Math.abs(nowMs - readAtMs) < REFRESH_MS) return;
    [isReading, readAtMs] = [true, nowMs];
    void refresh()
      .catch(onFault)
      .finally(() => (isReading = false));
  }

  const countOf = (key: PostKey): Exposure => {
    const { impressions, completions } = counts.get(key) ?? NEVER;
    return { impressions: impressions + (pending.get(key) ?? 0), completions };
  };

  return {
    /** The trials among a snapshot's posts; `undefined` if exploration is off. */
    trials: (model: Model, nowMs: number): Trials | undefined => {
      if (share === 0) return undefined;
      refreshSoon(nowMs);
      if (made?.model !== model || shownSince >= REORDER_AFTER) {
        const rate = (total.completions + PRIOR_RATE * PRIOR_IMPRESSIONS) / (total.impressions + PRIOR_IMPRESSIONS); // prettier-ignore
        const about = { share, completionRate: rate };
        const trials = trialsAmong(model, nowMs - days * DAY_MS, about, countOf, promised);
        made = { model, trials, keys: keysOf(model, trials) };
        shownSince = 0;
      }
      return made.trials;
    },
    /** Counts what is served now, until the counts are read again. */
    served: (keys: readonly PostKey[]): void => {
      for (const key of keys) {
        if (made?.keys.has(key) !== true) continue;
        pending.set(key, (pending.get(key) ?? 0) + 1);
        shownSince++;
      }
    },
  };
}

const keysOf = ({ postKeys }: Model, { rows }: Trials) =>
  new Set(Array.from(rows, (row) => postKeys[row]!));

/** The trials of a model, those with the fewest impressions first, of these new creators' posts, then the oldest. */
function trialsAmong(
  model: Model,
  sinceMs: number,
  about: Pick<Trials, "share" | "completionRate">,
  countOf: (key: PostKey) => Exposure,
  promised: number,
): Trials {
  const { createdAtMs, flags, duplicates, postKeys } = model;
  const [rows, urgency]: [number[], number[]] = [[], []];
  for (let row = 0; row < createdAtMs.length; row++) {
    if (!(createdAtMs[row]! > sinceMs) || flags[row] !== 0) continue;
    if ((duplicates[row] ?? -1) >= 0 && duplicates[row] !== row) continue;
    const count = countOf(postKeys[row] as PostKey);
    if (stageOf(count, about.completionRate, promised) !== "trial") continue;
    rows.push(row);
    urgency.push(-count.impressions);
  }
  const order = Array.from(topK(Float32Array.from(urgency), MOST), (n) => rows[n]!);
  const evidence = order.map((row) => countOf(postKeys[row] as PostKey));
  return {
    ...about,
    rows: Uint32Array.from(order),
    impressions: Float64Array.from(evidence, (it) => it.impressions),
    completions: Float64Array.from(evidence, (it) => it.completions),
    creators: Int32Array.from(order, () => -1),
    isByNewCreator: new Uint8Array(order.length),
  };
}
