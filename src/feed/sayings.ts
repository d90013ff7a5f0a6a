/** Sayings: reasons in words that name the post of a history which pulls another one up, or where it is popular. */
import type { History } from "../domain/history.ts";
import type { PostKey } from "../domain/ids.ts";
import { signalCoded } from "../domain/known-signals.ts";
import { MODELS } from "../models/models.ts";
import { likedIn, popular } from "../models/popularity/model.ts";
import { isServable } from "../ranking/eligibility.ts";
import type { Ranker, ScoredFeed } from "../ranking/feed.ts";
import { popularIn, strongestPull } from "../ranking/merits.ts";
import { reasonFor, tellingTerms, type Say } from "./explain.ts";
import type { Parts } from "./parts.ts";
import type { SessionRequest } from "./list-inputs.ts";
import type { RankedSession } from "./sessions.ts";
import type { RequestUser } from "./user-state-cache.ts";

/** Words after the name of a post, by term. */
const BECAUSE = new Map(MODELS.flatMap(({ name, because }) => (because ? [[name, because]] : [])));
/** Terms that say what others like. */
const OF_OTHERS = ["popular", "trending"];
/** Words of popularity for a post that nobody has liked yet. */
const UNLIKED = "is about what does well with everybody";
/** Share of a video from which on it is finished. */
const FINISHED = 0.95;
/** Longest title in a sentence, in characters. */
const TITLE_MAX = 60;
/** The first half of a surrogate pair at the end of a text, as a cut may leave it: half an emoji is no Unicode. */
const HALF_PAIR = /[\ud800-\udbff]$/;

/** The post whose like makes most of a term, or whom a row is popular with. */
type Merit = { readonly pulledBy: number } | { readonly inWords: string } | undefined;

/** Ranks a list again with its workings, and explains some posts of it. */
export async function explainedFeed(
  parts: Pick<Parts, "store" | "stored" | "feedOf">,
  { session, snapshot: { ranker }, snapshot }: RankedSession,
  posts: readonly { readonly row: number }[],
  request: SessionRequest,
) {
  const rows = posts.map(({ row }) => row);
  const scored = await parts.feedOf(session, snapshot, request);
  const known = { ...request, position: session.position };
  const say = await sayingsOf(parts, ranker, scored, rows, known);
  return { reasons: rows.map((row) => reasonFor(ranker, scored, row, say)), trace: scored.trace };
}

/**
 * Finds out what can be said of some rows of a feed.
 *
 * @param position  Position of the user's history from which the feed was ranked.
 */
export async function sayingsOf(
  { store, stored }: Pick<Parts, "store" | "stored">,
  ranker: Ranker,
  feed: ScoredFeed,
  rows: readonly number[],
  { user, history: ownHistory, catalogue, nowMs, position }: RequestUser,
): Promise<Say> {
  const merits = meritsOf(ranker, feed, rows);
  const { postKeys } = ranker.model;
  const keys = [...merits.values()].flatMap((it) => it && "pulledBy" in it ? [postKeys[it.pulledBy] as PostKey] : []); // prettier-ignore
  if (keys.length === 0) return (term, row) => said(merits.get(`${term} ${row}`));
  const distinct = [...new Set(keys)];
  const history = ownHistory ?? (user && (await store.events.history(user.key, position)));
  const shown = await stored.cards(catalogue, distinct, nowMs);
  const titles = await store.posts.titles(distinct.filter((_, n) => shown[n] !== undefined));
  return (term, row) => {
    const merit = merits.get(`${term} ${row}`);
    if (merit === undefined || !("pulledBy" in merit)) return said(merit);
    const key = postKeys[merit.pulledBy] as PostKey;
    const [title, verb] = [titles.get(key)?.trim(), history && verbFor(history, key)];
    return title && verb ? `because you ${verb} “${shortened(title)}”, ${BECAUSE.get(term)}` : undefined; // prettier-ignore
  };
}

const said = (merit: Merit) => (merit && "inWords" in merit ? merit.inWords : undefined);

/** Nameable merits, by term and row. */
function meritsOf(ranker: Ranker, feed: ScoredFeed, rows: readonly number[]): Map<string, Merit> {
  const { pipeline, model } = ranker;
  return ranker.asked(feed.inputs, (query) => {
    const merits = new Map<string, Merit>();
    const isLiked = likedIn(model);
    for (const row of rows)
      for (const term of tellingTerms(ranker, feed, row)) {
        if (BECAUSE.has(term)) {
          const pulledBy = strongestPull(pipeline, query, term, row);
          if (pulledBy !== undefined && isServable(model, pulledBy))
            merits.set(`${term} ${row}`, { pulledBy });
        } else if (OF_OTHERS.includes(term)) {
          const category = popularIn(pipeline, query, row);
          if (category !== undefined)
            merits.set(`${term} ${row}`, { inWords: `popular in ${category} this week` });
          else if (term === popular.name && !isLiked(row))
            merits.set(`${term} ${row}`, { inWords: UNLIKED });
        }
      }
    return merits;
  });
}

/** The verb of a person's liking of a post, by the event of the largest weight, in words after "you"; `undefined` without one. */
export function verbFor(history: History, key: PostKey): string | undefined {
  const { watchedMs, durationMs } = history;
  let [best, most]: [string | undefined, number] = [undefined, -1];
  for (const [n, { words, strength }] of signalsOn(history, key)) {
    if (strength.weight <= 0) continue;
    const isFinished = durationMs[n]! > 0 && watchedMs[n]! >= FINISHED * durationMs[n]!;
    const weight = strength.by === "presence" ? strength.weight : isFinished ? FINISHED : 0;
    if (weight > most) [best, most] = [isFinished ? "finished" : words, weight];
  }
  return best;
}

/** The verb of a person's deliberate dislike of a post, by the event of the least weight, in words after "you"; `undefined` without one. */
export function dislikeVerbFor(history: History, key: PostKey): string | undefined {
  let [worst, least]: [string | undefined, number] = [undefined, 0];
  for (const [, { words, strength }] of signalsOn(history, key))
    if (strength.isDeliberate && strength.weight < least) [worst, least] = [words, strength.weight];
  return worst;
}

/** The places of a post's events in a history, with their signals, without those that were withdrawn. */
function* signalsOn({ postKeys, kinds, withdrawn }: History, key: PostKey) {
  for (let n = 0; n < postKeys.length; n++) {
    const signal = postKeys[n] === key && withdrawn[n] !== 1 ? signalCoded(kinds[n]!) : undefined;
    if (signal !== undefined) yield [n, signal] as const;
  }
}

function shortened(title: string): string {
  if (title.length <= TITLE_MAX) return title;
  return `${title.slice(0, TITLE_MAX - 1).replace(HALF_PAIR, "")}…`;
}
