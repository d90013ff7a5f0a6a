/** The effect of a like, made by hand. */
import type { HeldEvent } from "../../src/data/log-entries.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Effect } from "../../src/feed/events/effect.ts";

const EVENT: HeldEvent = {
  seq: 4711,
  userId: "ada" as UserId,
  postId: "bread" as PostId,
  kind: "like",
  isWithdrawal: false,
  value: 1,
  watchedMs: null,
  durationMs: null,
  atMs: 1_000,
  receivedAtMs: 2_000,
  origin: "app",
  clientId: "e-1",
  recommendationId: null,
  session: null,
};
const [BREAD, CAKE] = ["bread", "cake"] as [PostId, PostId];

/** A world in which those who like bread are shown cake. */
export const EFFECT: Effect = {
  event: EVENT,
  snapshot: "s7",
  before: [BREAD],
  after: [CAKE],
  changes: [
    {
      id: CAKE,
      change: "entered",
      rankBefore: 31,
      rankAfter: 1,
      term: { name: "similar", before: 0.02, after: 0.31 },
      words: "similar rose from 0.02 to 0.31: is about what you like",
    },
    {
      id: BREAD,
      change: "left",
      rankBefore: 1,
      rankAfter: undefined,
      term: undefined,
      words: "you have seen it",
    },
  ],
  words: "Among the first 20 posts, 1 entered, 1 left.",
};
