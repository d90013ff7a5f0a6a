/** Answers to why a post is in a user's list, or is not. */
import type { Service } from "./contract.ts";
import { lacksOf, lacksSentences } from "./lacks.ts";
import { metaOf, failedStages } from "./page.ts";
import type { Parts } from "./parts.ts";
import { dislikeVerbFor, sayingsOf } from "./sayings.ts";
import { notLearnt, reasonsNow, whyOf } from "./why.ts";

/** Opens the answers, which throw a HistoryError if the user cannot be read. */
export function whyAnswers(parts: Parts): Service["why"] {
  const { store, requestUsers, rankedFor, feedOf } = parts;
  return async ({ post, ...query }) => {
    const user = await requestUsers.known(query, () => {});
    const username = "userId" in query ? query.userId : query.username;
    const request = { ...FIRST_PAGE, ...query, ...user, username };
    const ranked = await rankedFor(request);
    if (ranked === undefined) return undefined;
    const { session, snapshot } = ranked;
    const key = (await store.ids.postKeys([post])).get(post);
    if (key === undefined) return "unknown post";
    const row = snapshot.ranker.rowOf(key);
    const limits = await store.posts.limits(key);
    if (row === undefined && limits === undefined) return "unknown post";
    const now = reasonsNow(limits, request.nowMs);
    const scored = row !== undefined && (await feedOf(session, snapshot, request));
    const meta = metaOf(request, session, failedStages(session.failures));
    if (!scored) return { ...notLearnt(now), ...meta };
    const known = { ...request, position: session.position };
    const say = await sayingsOf(parts, snapshot.ranker, scored, [row], known);
    const history = user.history ?? (user.user && (await store.events.history(user.user.key, session.position))); // prettier-ignore
    const answer = whyOf(
      snapshot.ranker,
      scored,
      row,
      now,
      say,
      history && dislikeVerbFor(history, key),
    );
    const lacks = answer.eligible ? await lacksOf(parts, ranked, scored, row, request) : undefined;
    const sentences = [...answer.sentences, ...(lacks ? lacksSentences(lacks) : [])];
    return { ...answer, lacks, sentences, ...meta };
  };
}

const FIRST_PAGE = { page: 1, list: undefined };
