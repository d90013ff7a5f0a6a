/** Posts that come while a catalogue is served: they are in feeds of every process without a training run. */
import { expect, test } from "bun:test";
import type { App } from "../../src/app/compose.ts";
import type { FeedPage } from "../../src/feed/contract.ts";
import { ask } from "../support/feeds.ts";
import { until } from "../support/program.ts";
import { appsOfEachTest } from "./apps.ts";

const { open, run } = appsOfEachTest();
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

test("a post that fifty new people like moves up for newcomers and in the chart, in every process and without a training run", async () => {
  const { app, lines } = await learnt();
  const other = open(OWN).app;
  const stop = other.keepUpToDate(undefined);
  const before = lines.filter((it) => it.startsWith("learnt")).length;
  const popular = async ({ service }: App) =>
    (await service.chart({ by: "popular", category: undefined, offset: 0, limit: 1 }))![0]!.id;
  const last = idsOf(await feed(app, { username: "nobody" })).at(-1)!;
  const likes = Array.from({ length: 50 }, (_, n) => ({
    user: `new ${n}`,
    post: last,
    kind: "like",
  }));
  await app.service.push.events(likes);
  for (const it of [app, other]) {
    await until(async () => (idsOf(await feed(it, { username: "nobody" }))[0] === last ? true : undefined)); // prettier-ignore
    expect((await popular(it)) as string).toBe(last);
  }
  stop();
  expect(lines.filter((it) => it.startsWith("learnt"))).toHaveLength(before);
});

test("one person, however much they do, moves no post past one that three like", async () => {
  const { app } = await learnt();
  const views = Array.from({ length: 300 }, (_, n) => ({
    user: "bot",
    post: "p3",
    kind: "view",
    at: Date.now() - n,
  }));
  const likes = ["a", "b", "c"].flatMap((user) =>
    ["p8", "p9"].map((post) => ({ user, post, kind: "like" })),
  );
  await app.service.push.events([...views, ...likes]);
  const chart = async () =>
    (await app.service.chart({ by: "popular", category: undefined, offset: 0, limit: 3 }))!.map(
      (it) => it.id as string,
    );
  await until(async () =>
    (await chart()).includes("p3") && (await chart()).includes("p8") ? true : undefined,
  );
  expect((await chart()).slice(0, 2).toSorted()).toEqual(["p8", "p9"]);
});
