/** Query: a request as the stages of a feed read it. */
import type { RankInputs, Request } from "../models/contract.ts";
import { eligibilityOf, type Eligibility } from "./eligibility.ts";
import type { Contest } from "./exploration/contest.ts";
import { preparedModel, type PreparedModel } from "./prepared-model.ts";

/** A request with the prepared model that answers it. */
export type Query = Omit<Request, "eligibility"> & {
  readonly prepared: PreparedModel;
  /** The posts that may be in this feed. Sources pick among these; nothing else excludes a post. */
  readonly eligibility: () => Eligibility;
  /** Contests of this list that were held before; absent: they are held now. */
  readonly held?: readonly Contest[] | undefined;
  /** The contests for reserved slots, which the selector exploration adds. */
  readonly contests: Contest[];
};

/** The inputs of a request without category and mood. */
export const ANYTHING = { categoryMask: undefined, mood: undefined } as const;

/** Makes the query of a request. */
export function queryOf(inputs: RankInputs & Pick<Query, "held">): Query {
  const prepared = preparedModel(inputs.model);
  const { arrays } = prepared.view.kernel;
  let eligibility: Eligibility | undefined;
  return {
    ...inputs,
    prepared,
    arrays,
    contests: [],
    eligibility: () => (eligibility ??= eligibilityOf(inputs, prepared.eligibility, arrays)),
  };
}
