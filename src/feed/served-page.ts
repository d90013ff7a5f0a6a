/** Pages as the served log keeps them. */
import type { ServedPage, ServedSlot } from "../data/served-log.ts";
import type { PostKey } from "../domain/ids.ts";
import { chanceAt, wonBy } from "../ranking/exploration/contest.ts";
import { TIERS } from "../ranking/tiers.ts";
import type { FeedMeta } from "./contract.ts";
import type { RankedSession } from "./sessions.ts";

/** Names of how lists are ranked: without and with reserved slots. */
const POLICIES = ["feed", "feed+exploration"] as const;
/** Source of a post that has won a reserved slot. */
export const EXPLORATION = "exploration";
const WON = [EXPLORATION];

/** A post of a page, and its index in the list that it is from. */
type Placed = { readonly key: PostKey; readonly at: number; readonly from: RankedSession };

/** Fields that a page and its reply have in common, and facts about the list. */
type Head = Pick<ServedPage, "recommendationId" | "atMs" | "session" | "list" | "from" | "next"> & {
  readonly meta: FeedMeta;
  /** The user as the client named them. */
  readonly nameSent: string;
  /** Position of the first post. */
  readonly first: number;
};

/** The page of a reply. */
export function servedPage({ meta, nameSent, first, ...head }: Head, placed: readonly Placed[]) {
  const { user, audience, snapshot, match, fallback } = meta;
  return {
    ...head,
    userId: user.id ?? nameSent,
    policy: policyOf(placed),
    ...{ audience, snapshot, match, fallback },
    slots: placed.map((post, n) => slotOf(post, first + n)),
  } satisfies ServedPage;
}

/** The name of how a page was ranked: that of the operator's version is part of it, so that outcomes can be told apart. */
function policyOf(placed: readonly Placed[]): string {
  const hasContests = placed.some(({ from }) => from.session.contests.length > 0);
  const adjusted = placed.find(({ from }) => from.session.adjusted)?.from.session.adjusted;
  const policy = POLICIES[Number(hasContests)]!;
  return adjusted === undefined ? policy : `${policy}+adjusted-${adjusted.version}`;
}

function slotOf({ key, at, from: { session, snapshot } }: Placed, slot: number): ServedSlot {
  const tier = TIERS.findLastIndex((_, n) => session.tierStart[n]! <= at);
  const found = () => sourcesOf(snapshot.ranker.pipeline, session.foundBy[at]!);
  const isTried = wonBy(session.contests, session.rows[at]!) !== undefined;
  return {
    post: key,
    sources: isTried ? WON : tier < 0 ? found() : TIER_SOURCES[tier]!,
    score: session.scores[at]!,
    probability: chanceAt(session.contests, at),
    slot,
  };
}

const TIER_SOURCES = TIERS.map((name) => [`tier:${name}`]);

type Pipeline = RankedSession["snapshot"]["ranker"]["pipeline"];
const names = new WeakMap<Pipeline, Map<number, readonly string[]>>();

/** Names of the sources whose bits are set: one array for all posts with the same ones. */
function sourcesOf(pipeline: Pipeline, bits: number): readonly string[] {
  let known = names.get(pipeline);
  if (known === undefined) names.set(pipeline, (known = new Map()));
  let found = known.get(bits);
  if (found === undefined) {
    found = pipeline.sources.filter((_, n) => bits & (1 << n)).map((it) => it.name);
    known.set(bits, found);
  }
  return found;
}
