/**
 * `POST /events` over loopback into a store as large as MovieLens-1M: batches of 500 by eight connections,
 * single events by 32, and feeds of people who are known, alone and beside 50,000 events a second.
 *
 * Every event is new and durable when it is answered. People and posts are drawn at random: neighbours in
 * the log are far apart in its index by user.
 */
import { join } from "node:path";
import { temporaryFolder } from "../support/folder.ts";
import { movielensCatalogue } from "./catalogue.ts";
import { load } from "./load.ts";
import { compare, figure, withinBudget, type BenchOptions, type BenchRow } from "./row.ts";
import { serve } from "./serving.ts";
import { askAll, fillToServe, firstPages } from "./world.ts";

const BATCH = 500;
/** Goals: events a second in batches, single events a second, their 99th percentile. */
const WANTED = { batched: 50_000, single: 2_500, singleP99Ms: 25 };
/** Most that feeds may be slowed down by. */
const SLOWER_MAX = 1.5;
const FEED_CONNECTIONS = 4;

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  const catalogue = await movielensCatalogue();
  await fillToServe(join(folder.path), catalogue);
  const paths = firstPages(catalogue);
  using serving = await serve(folder.path, paths[0]!);
  const { url } = serving;
  const seconds = quick ? 3 : 10;
  await askAll(serving, paths);
  const feeds = () => load({ url, paths, connections: FEED_CONNECTIONS, seconds });
  const alone = await feeds();
  const [beside, meanwhile] = await Promise.all([
    feeds(),
    load({ url, events: BATCH, connections: 8, seconds, rate: WANTED.batched / BATCH }),
  ]);
  const single = await load({ url, events: 1, connections: 32, seconds });
  const batches = await load({ url, events: BATCH, connections: 8, seconds });
  const atLeast = (name: string, value: number, unit: string, least: number) =>
    compare(name, { reach: 1, go: 2 }, figure([value], unit), figure([least], unit, "wanted"));
  const slower = (name: string, ms: number, aloneMs: number) =>
    compare(name, { reach: SLOWER_MAX, go: 1 }, figure([ms], "ms"), figure([aloneMs], "ms", "alone")); // prettier-ignore
  return [
    atLeast(`events in batches of ${BATCH}`, BATCH * batches.perSecond, "/s", WANTED.batched),
    atLeast("single events, 32 connections", single.perSecond, "/s", WANTED.single),
    withinBudget("single events: p99", figure([single.p99Ms], "ms"), WANTED.singleP99Ms),
    atLeast("events beside feeds", BATCH * meanwhile.perSecond, "/s", WANTED.batched),
    slower("a feed beside these events: p50", beside.p50Ms, alone.p50Ms),
    slower("a feed beside these events: p99", beside.p99Ms, alone.p99Ms),
  ];
}
