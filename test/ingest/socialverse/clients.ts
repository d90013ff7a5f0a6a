/** Ids that the client reads of a stand-in, and its errors. */
import { expect } from "bun:test";
import { plainDataset } from "../../support/dataset.ts";
import { serveSocialverse, type StandIn } from "../../support/socialverse.ts";
import { clientOf } from "../../support/upstream.ts";
import type { ClientOptions } from "../../../src/ingest/socialverse/client.ts";
import type { Endpoint } from "../../../src/data/scans.ts";

/** The upstream's data. */
export const data = plainDataset({ users: 50, posts: 250 }); // 2,500 events of each kind
/** A served upstream. */
export const serve = () => serveSocialverse({ data });

/** Ids of all rows of an endpoint. */
export async function idsOf(
  standIn: StandIn & { readonly url?: string },
  endpoint: Endpoint = "view",
  over: Partial<ClientOptions> = {},
): Promise<number[]> {
  const ids: number[] = [];
  for await (const page of clientOf(standIn, over).pages(endpoint))
    ids.push(...page.map((it) => (it as { id: number }).id));
  return ids;
}

/** The error of a rejected promise, so that a test can look at all of it. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.catch((it: unknown) => it);
  expect(outcome).toBeInstanceOf(Error);
  return outcome as Error;
}
