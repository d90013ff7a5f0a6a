/** Posts that come while a catalogue is served: they are in feeds of every process without a training run. */
import { expect, test } from "bun:test";
import type { App } from "../../src/app/compose.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Why } from "../../src/feed/why-contract.ts";
import { until } from "../support/program.ts";
import { feed, idsOf, posts } from "./beginners.ts";
import { appsOfEachTest, isQuiet } from "./apps.ts";

const { open, run } = appsOfEachTest();
const OWN = { CATALOGUE: "own", FLIC_TOKEN: "", LEARN_PAUSE_MINUTES: "10000" };
const embedded = ({ registry }: App) => registry.current()?.ranker.model.info.embedded;
/** Waits until a process has learnt 20 posts with their vectors. */
async function learnt() {
  const { app, lines } = run(OWN);
  await app.service.push.posts(posts(20));
  await until(async () => (lines.some((it) => /learnt .* 20 of them understood by their text/.test(it)) ? true : undefined)); // prettier-ignore
  await isQuiet(app);
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

test("what is written about a post counts at once: its category, its time, what was hidden or deleted, on cached pages too", async () => {
  const { app } = await learnt();
  const { service } = app;
  const first = await feed(app, { pageSize: 5 });
  const list = { page: 2, pageSize: 5, list: first.nextList };
  const next = idsOf(await feed(app, list));
  await service.push.posts([
    { ...posts(20)[0], category: "Cats" },
    { ...posts(20)[1], hidden: true },
  ]);
  await service.push.removePost("p2" as PostId);
  const gone = next.filter((id) => !["p1", "p2"].includes(id));
  expect(idsOf(await feed(app, list))).toEqual(gone.length > 0 ? gone : expect.anything());
  expect(idsOf(await feed(app))).not.toContain("p1");
  expect(idsOf(await feed(app))).not.toContain("p2");
  await until(async () => (idsOf(await feed(app, { projectCode: "cats" })).join() === "p0" ? true : undefined)); // prettier-ignore
  expect(idsOf(await feed(app, { projectCode: "baking" }))).not.toContain("p0");
  const isEligible = async (post: string) => {
    const why = await service.why({
      userId: "ada" as UserId,
      post: post as PostId,
      projectCode: undefined,
      mood: undefined,
    });
    return (why as Why).eligible;
  };
  expect([await isEligible("p1"), await isEligible("p3")]).toEqual([false, true]);
});

test("a list goes on as it was while posts and counts come, and a post that came is liked like any other", async () => {
  const { app } = await learnt();
  const pages = [await feed(app, { pageSize: 5 })];
  await app.service.push.posts(
    posts(4, 100).map((it) => ({ ...it, category: "Cats", title: `Cats ${it.id}` })),
  );
  await until(async () => (idsOf(await feed(app, { projectCode: "cats" })).length === 4 ? true : undefined)); // prettier-ignore
  for (let page = 2; page <= 4; page++)
    pages.push(await feed(app, { page, pageSize: 5, list: pages.at(-1)!.nextList }));
  expect(pages.flatMap(idsOf).toSorted()).toEqual(
    posts(20)
      .map((it) => it.id)
      .toSorted(),
  );
  expect(pages.flatMap((it) => it.fallback)).toEqual([]);
  await until(async () => (embedded(app) === 24 ? true : undefined));
  await app.service.push.events([{ user: "ada", post: "p100", kind: "like" }]);
  const after = await feed(app, { explain: true });
  expect(after).toMatchObject({ audience: "cool" });
  expect(after.explain!.find((it) => it.id === "p101")!.terms["similar"]).toBeGreaterThan(0);
  expect(idsOf(after).at(-1)).toBe("p100");
});
