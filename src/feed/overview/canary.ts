/**
 * Canary: a made-up person, for whom a list is ranked with and without one more event of each kind.
 *
 * All of the past is of one moment and longer than the longest history that weights differ for, so that a
 * list can change by what the event says alone: not by one more post, nor by one that is newer or seen.
 */
import type { PostId, UserId } from "../../domain/ids.ts";
import { ignoredCodes, signalNames, signalOf, type SignalName } from "../../domain/known-signals.ts"; // prettier-ignore
import { KNOTS } from "../../snapshot/model.ts";
import type { Service } from "../contract.ts";
import type { Effects } from "./alarms.ts";
import type { PastEvent } from "../who.ts";

/** Posts that the canary has liked. */
const PAST = KNOTS.at(-1)! + 4;
/** Posts of a list that are compared. */
const COMPARED = 40;
/** Every so many posts of newcomers' list is one that the canary has liked. */
const EVERY = 2;

/** Tries every kind of event that is to count; `undefined` if the catalogue is too small to tell. */
export async function effectsOfSignals(
  recommend: Service["recommend"],
  nowMs: number,
): Promise<Effects | undefined> {
  const listOf = async (past: readonly PastEvent[], exclude: readonly PostId[], limit: number) => {
    const page = await recommend({ ...PREVIEW, past, exclude, limit });
    return page?.items ?? [];
  };
  const first = (await listOf([], [], 1 + EVERY * PAST)).map(({ id }) => id);
  const tried = first[0];
  const liked = first.slice(1).filter((_, n) => n % EVERY === 0);
  if (tried === undefined || liked.length < PAST) return undefined;
  const did = (postId: PostId, kind: SignalName): PastEvent => ({
    postId,
    kind,
    value: valueOf(kind),
    claimedAtMs: nowMs,
  });
  const past = liked.map((id) => did(id, "like"));
  const scores = async (more: readonly PastEvent[]) => {
    const items = await listOf([...past, ...more], [tried], COMPARED);
    return new Map(items.filter(({ score }) => score !== 0).map((it) => [it.id, it.score]));
  };
  const before = await scores([]);
  const effects = new Map<SignalName, boolean>();
  const ignored = new Set(ignoredCodes());
  for (const kind of signalNames().filter((it) => !ignored.has(signalOf(it).code)))
    effects.set(kind, differ(before, await scores([did(tried, kind)])));
  return effects;
}

const PREVIEW = {
  user: "a canary" as UserId,
  mood: undefined,
  category: undefined,
  session: undefined,
  cursor: undefined,
  cards: false,
  explain: false,
  isPreview: true,
} as const;

function valueOf(kind: SignalName): number {
  const { value } = signalOf(kind);
  return value.unit === "none" ? 1 : value.max;
}

/** Score difference that is rounding. */
const ROUNDING = 1e-6;

/** True if a post of both lists has another score, or half of a list is of other posts. */
function differ(a: ReadonlyMap<PostId, number>, b: ReadonlyMap<PostId, number>): boolean {
  const both = [...a].filter(([id]) => b.has(id));
  if (2 * both.length < a.size) return true;
  return both.some(([id, score]) => Math.abs(score - b.get(id)!) > ROUNDING);
}
