/** Effect of factors on held-out nDCG@20: the paired difference over a snapshot's cases. */
import { LRUCache } from "lru-cache";
import { moved, type Adjustments } from "../../domain/adjustments.ts";
import { heldOutPeople, heldOutQualities } from "../../evaluation/held-out.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import type { ServedSnapshot } from "../snapshot-registry.ts";
import type { HeldOutEffect } from "./operator.ts";
import { pairedEffects } from "./paired-effects.ts";

/** Sets of factors whose qualities are remembered: those in force are asked for again and again. */
const REMEMBERED = 20;

/** Opens the effects. */
export function heldOutEffects() {
  const known = new LRUCache<string, Promise<Float64Array>>({ max: REMEMBERED });

  function qualities({ id, ranker }: ServedSnapshot, factors: Adjustments = {}) {
    const key = `${id} ${JSON.stringify(moved(factors))}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = inSlices(heldOutQualities(ranker, factors));
    known.set(key, found);
    found.catch(() => known.delete(key)); // the next preview tries again
    return found;
  }

  return async (
    snapshot: ServedSnapshot,
    [before, after]: readonly [Adjustments | undefined, Adjustments],
  ): Promise<HeldOutEffect> => {
    const numbers = heldOutPeople(snapshot.ranker.model);
    const people = [...new Set(numbers)];
    const size = { cases: numbers.length, people: people.length };
    if (numbers.length === 0) return { ...size, nDcg: undefined };
    const [was, is] = [await qualities(snapshot, before), await qualities(snapshot, after)];
    const clusterOf = new Map(people.map((person, n) => [person, n]));
    const clusters = Array.from(numbers, (it) => clusterOf.get(it)!);
    const [nDcg] = await inSlices(pairedEffects([{ before: was, after: is }], clusters));
    return { ...size, nDcg };
  };
}
