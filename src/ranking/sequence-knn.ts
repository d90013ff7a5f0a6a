/** What came next where others' recent past looked like a person's. */
import { nearestInLists } from "../index/ivf.ts";
import type { Model } from "../snapshot/model.ts";
import { collaborativePart } from "../models/ials/model.ts";
import { sequenceKnnPart } from "../models/sequence-knn/model.ts";
import { similarity, stateOf } from "../models/sequence-knn/sequence-knn.ts";
import type { Weighted } from "../linalg/rank-wasm/columns.ts";
import type { Person } from "./person.ts";

/** Steps that vote, how much faster the less similar ones fade, and what the post after next counts. */
const [VOTERS, SHARPNESS, AFTER] = [100, 8, 0.3];

/** Steps that are looked at where they lie in lists: .99 of the exact vote (models/sequence-knn/ivf.ts). */
const LOOKED = 16_000;

/** Votes by person: the same however often somebody asks. */
const known = new WeakMap<Person, Weighted>();

/** Votes by row; nobody votes for somebody who likes nothing. */
export function stretchVotes(model: Model, person: Person): Weighted {
  const before = known.get(person);
  if (before) return before;
  const counted = count(model, person);
  const votes = {
    rows: Uint32Array.from(counted.keys()),
    weights: Float32Array.from(counted.values()),
  };
  known.set(person, votes);
  return votes;
}

function count(model: Model, { rows, confidence }: Person): ReadonlyMap<number, number> {
  const votes = new Map<number, number>();
  const { info, columns } = sequenceKnnPart.of(model);
  const { states, next, centres, starts } = columns;
  const vectors =
    info.ownWidth > 0 ? columns.vectors : collaborativePart.of(model).columns.postFactors;
  const liked = rows.filter((_, n) => confidence[n]! > 0);
  if (liked.length === 0 || next.length === 0) return votes;
  const state = stateOf(liked, vectors, info.width, info);
  const lists = { bytes: states, centres, starts };
  const { places, products } = nearestInLists(lists, state, VOTERS, LOOKED);
  const top = similarity(products[0]!);
  const add = (row: number, vote: number) => {
    if (row >= 0) votes.set(row, (votes.get(row) ?? 0) + vote);
  };
  for (let n = 0; n < places.length; n++) {
    const vote = Math.exp(SHARPNESS * (similarity(products[n]!) - top));
    add(next[2 * places[n]!]!, vote);
    add(next[2 * places[n]! + 1]!, AFTER * vote);
  }
  return votes;
}
