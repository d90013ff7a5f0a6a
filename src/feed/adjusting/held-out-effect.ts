/** Effect of factors on held-out nDCG@20: the paired difference over a snapshot's cases. */
import { LRUCache } from "lru-cache";
import { moved, type Adjustments } from "../../domain/adjustments.ts";
import { bootstrapping } from "../../evaluation/bootstrap.ts";
import { heldOutPeople, heldOutQualities } from "../../evaluation/held-out.ts";
import { meanOf } from "../../linalg/vector.ts";
import { inSlices } from "../../runtime/time-slicing.ts";
import type { ServedSnapshot } from "../snapshot-registry.ts";
import type { HeldOutEffect } from "./operator.ts";

/** Sets of factors whose qualities are remembered: those in force are asked for again and again. */
const REMEMBERED = 20;
/** Seed of the intervals: equal cases have equal ones. */
const SEED = 1;

/** Opens the effects. */
export function heldOutEffects() {
  const known = new LRUCache<string, Promise<Float64Array>>({ max: REMEMBERED });

  function qualities({ id, ranker }: ServedSnapshot, factors: Adjustments = {}) {
    const key = `${id} ${JSON.stringify(moved(factors))}`;
    const found = known.get(key) ?? inSlices(heldOutQualities(ranker, factors));
    known.set(key, found);
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
    const differences = is.map((it, n) => it - was[n]!);
    const [difference] = await inSlices(bootstrapping([differences], SEED, clusters));
    return { ...size, nDcg: { before: meanOf(was), after: meanOf(is), difference: difference! } };
  };
}
