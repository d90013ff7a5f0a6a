/** What came next where others' recent past looked like a person's. */
import { nearestInLists } from "../index/ivf.ts";
import type { Model } from "../snapshot/model.ts";
import { similarity, stateOf } from "../models/sequence-knn/sequence-knn.ts";
import type { Person } from "./person.ts";

/** Steps that vote, how much faster the less similar ones fade, and what the post after next counts. */
const [VOTERS, SHARPNESS, AFTER] = [100, 8, 0.3];

/** Steps that are looked at where they lie in lists: .99 of the exact vote (models/sequence-knn/ivf.ts). */
const LOOKED = 16_000;

/** Votes by person: the same however often somebody asks. */
const known = new WeakMap<Person, ReadonlyMap<number, number>>();

/** Votes by row; nobody votes for somebody who likes nothing. */
export function stretchVotes(model: Model, person: Person): ReadonlyMap<number, number> {
  const before = known.get(person);
  if (before) return before;
  const votes = count(model, person);
  known.set(person, votes);
  return votes;
}

function count(model: Model, { rows, confidence }: Person): ReadonlyMap<number, number> {
  const votes = new Map<number, number>();
  const { stretchStates, stretchNext, info } = model;
  const vectors = model.stretchVectors.length > 0 ? model.stretchVectors : model.postFactors;
  const liked = rows.filter((_, n) => confidence[n]! > 0);
  if (liked.length === 0 || stretchNext.length === 0) return votes;
  const width = vectors.length / model.postKeys.length;
  const state = stateOf(liked, vectors, width, { decays: info.stretchDecays });
  const lists = {
    bytes: stretchStates,
    centres: model.stretchCentres,
    starts: model.stretchStarts,
  };
  const { places, products } = nearestInLists(lists, state, VOTERS, LOOKED);
  const top = similarity(products[0]!);
  const add = (row: number, vote: number) => {
    if (row >= 0) votes.set(row, (votes.get(row) ?? 0) + vote);
  };
  for (let n = 0; n < places.length; n++) {
    const vote = Math.exp(SHARPNESS * (similarity(products[n]!) - top));
    add(stretchNext[2 * places[n]!]!, vote);
    add(stretchNext[2 * places[n]! + 1]!, AFTER * vote);
  }
  return votes;
}
