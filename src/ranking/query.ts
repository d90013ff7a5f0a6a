/** Query: a request as the stages of a feed read it. */
import type { Asked, Request } from "../models/contract.ts";
import { eligibilityOf, type Eligibility } from "./eligibility.ts";
import { preparedModel, type PreparedModel } from "./prepared-model.ts";

/** A request with the prepared model that answers it. */
export type Query = Omit<Request, "eligibility"> & {
  readonly prepared: PreparedModel;
  /** Which posts may be in this feed. Sources pick among these; nothing else says no. */
  readonly eligibility: () => Eligibility;
};

/** Prepare a request. */
export function queryOf(asked: Asked): Query {
  const prepared = preparedModel(asked.model);
  const { arrays } = prepared.view.kernel;
  let eligibility: Eligibility | undefined;
  return {
    ...asked,
    prepared,
    arrays,
    eligibility: () => (eligibility ??= eligibilityOf(asked, prepared.eligibility, arrays)),
  };
}
