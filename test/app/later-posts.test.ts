/** Posts that come while a catalogue is served: they are in feeds of every process without a training run. */
import { expect, test } from "bun:test";
import type { App } from "../../src/app/compose.ts";
import type { FeedPage } from "../../src/feed/contract.ts";
import { ask } from "../support/feeds.ts";
import { until } from "../support/program.ts";
import { appsOfEachTest } from "./apps.ts";

const { run } = appsOfEachTest();
const OWN = { CATALOGUE: "own", FLIC_TOKEN: "", LEARN_PAUSE_MINUTES: "10000" };
const KINDS = ["Baking", "Yoga", "Travel", "Chess"];

const posts = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({
    id: `p${from + n}`,
    title: `${KINDS[n % 4]} for beginners, part ${n}`,
    category: KINDS[n % 4],
    created_at: Date.UTC(2026, 0, 1) + n * 60_000,
  }));
const idsOf = ({ posts }: FeedPage) =>
  posts.map(({ card }) => (JSON.parse(card.head + card.tail) as { id: string }).id);
const feed = ({ service }: App, more: object = {}) =>
  ask(service.feed, { username: "ada", pageSize: 50, ...more });
const embedded = ({ registry }: App) => registry.current()?.ranker.model.info.embedded;
/** Waits until a process has learnt 20 posts with their vectors. */
async function learnt() {
  const { app, lines } = run(OWN);
  await app.service.push.posts(posts(20));
  await until(async () => (lines.some((it) => /learnt .* 20 of them with a vector/.test(it)) ? true : undefined)); // prettier-ignore
  await until(async () => ((await app.service.readiness()).learning.runningSince === null ? true : undefined)); // prettier-ignore
  return { app, lines };
}

test("a post that comes later is in feeds, similar posts and its category, without a training run", async () => {
  const { app, lines } = await learnt();
  const before = lines.filter((it) => it.startsWith("learnt")).length;
  await app.service.push.posts([{ id: "late", title: "Cats asleep in boxes", category: "Cats" }]);
  await until(async () => (idsOf(await feed(app)).includes("late") ? true : undefined));
  await until(async () => (embedded(app) === 21 ? true : undefined));
  expect(idsOf(await feed(app, { projectCode: "cats" }))).toEqual(["late"]);
  expect(lines.filter((it) => it.startsWith("learnt"))).toHaveLength(before);
});
