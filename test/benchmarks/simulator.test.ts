/** The simulator: viewers are the same for every policy, like what they like, and tell a good policy from a bad one. */
import { describe, expect, test } from "bun:test";
import { popularityPolicy, type Policy } from "../../src/benchmarks/simulator/policy.ts";
import { simulationReport } from "../../src/benchmarks/simulator/report.ts";
import { livePolicy, nightlyPolicy } from "../../src/benchmarks/simulator/service-policy.ts";
import { FINISHED, simulate } from "../../src/benchmarks/simulator/simulate.ts";
import { reactionTo, viewersOf } from "../../src/benchmarks/simulator/viewers.ts";
import { START_MS, worldOf, type SimulatedPost } from "../../src/benchmarks/simulator/world.ts"; // prettier-ignore
import { DAY_MS } from "../../src/domain/day.ts";

const SIZE = { seed: 1, viewers: 12, days: 4 };
const world = worldOf(SIZE.seed, SIZE.days);
const categories = [...new Set(world.posts.map(({ category }) => category))];

/** Knows what viewers want, and shows the best or the worst of it. */
function omniscient(name: string, sign: 1 | -1): Policy {
  const viewers = new Map(
    viewersOf(SIZE.seed, SIZE.viewers, SIZE.days, categories).map((it) => [it.id, it]),
  );
  const posts: SimulatedPost[] = [];
  const shown = new Map<string, Set<string>>();
  return {
    name,
    startDay: async (added) => void posts.push(...added),
    next: async (id, _session, count, atMs) => {
      const [viewer, day] = [viewers.get(id)!, Math.floor((atMs - START_MS) / DAY_MS)];
      const shareOf = (it: SimulatedPost) => sign * reactionTo(viewer, it, { seed: SIZE.seed, day, intent: "" }).share; // prettier-ignore
      const left = posts.filter((it) => !shown.get(id)?.has(it.id));
      const best = left.sort((a, b) => shareOf(b) - shareOf(a)).slice(0, count);
      return { ids: best.map((it) => it.id) };
    },
    report: async (showings) => {
      for (const { viewer, post } of showings)
        shown.set(viewer, (shown.get(viewer) ?? new Set()).add(post.id));
    },
  };
}

/** Shows the same five posts forever. */
const stubborn: Policy = {
  name: "stubborn",
  startDay: async () => {},
  next: async () => ({ ids: world.postsOf(0).slice(0, 5).map(({ id }) => id) }), // prettier-ignore
  report: async () => {},
};

const run = (policy: Policy) => simulate(policy, { world, ...SIZE });

test("the same seed plays the same days; another one other days", async () => {
  const [first, again] = [await run(popularityPolicy()), await run(popularityPolicy())];
  expect(again).toEqual(first);
  expect(await simulate(popularityPolicy(), { world, ...SIZE, seed: 2 })).not.toEqual(first);
});

test("who knows what people want wins by far, who shows the opposite loses", async () => {
  const runs = [
    await run(omniscient("worst", -1)),
    await run(popularityPolicy()),
    await run(omniscient("best", 1)),
  ];
  const [worst, popular, best] = simulationReport(runs, 1);
  expect(worst!.reward.mean).toBeLessThan(popular!.reward.mean);
  expect(best!.reward.mean).toBeGreaterThan(2 * popular!.reward.mean);
  expect(popular!.lastLess.low).toBeGreaterThan(0);
  expect(best!.lastLess).toEqual({ mean: 0, low: 0, high: 0 });
  expect(popular!.byDay).toHaveLength(SIZE.days);
});

test("a video that was shown before is a repeat, and is watched for less", async () => {
  const { viewerDays } = await run(stubborn);
  const total = (key: "shown" | "repeats") => viewerDays.reduce((sum, it) => sum + it[key], 0);
  // Every viewer who came has five first showings at most.
  const came = new Set(viewerDays.filter((it) => it.shown > 0).map(({ viewer }) => viewer)).size;
  expect(total("shown") - total("repeats")).toBeLessThanOrEqual(5 * came);
  const [viewer] = viewersOf(1, 1, 1, categories);
  const [post] = world.posts;
  const occasion = { seed: 1, day: 0, intent: "" };
  const before = reactionTo(viewer!, post!, occasion).share;
  viewer!.shownOn.set(post!.id, 0);
  expect(reactionTo(viewer!, post!, occasion).share).toBeLessThan(before / 2);
});

test("nobody is counted before they join, and posts come on their night", async () => {
  const { viewerDays, firstDayShowings } = await run(popularityPolicy());
  const joins = viewersOf(SIZE.seed, SIZE.viewers, SIZE.days, categories).map((it) => it.joinsOn);
  expect(viewerDays.every(({ viewer, day }) => day >= joins[viewer]!)).toBeTrue();
  expect(viewerDays).toHaveLength(joins.reduce((sum, it) => sum + SIZE.days - it, 0));
  const later = [1, 2, 3].flatMap((day) => world.postsOf(day));
  expect(firstDayShowings).toHaveLength(later.length);
  expect(later.every((it) => it.createdAtMs > START_MS)).toBeTrue();
});

describe("of the policies that ask a vidrec", () => {
  /** A service that writes down what it is sent. */
  function recorder() {
    const sent: { path: string; body?: unknown }[] = [];
    const items = world.posts.slice(0, 5).map(({ id }) => ({ id }));
    const service = {
      send: async (_method: string, path: string, body?: unknown) => {
        sent.push({ path, body });
        return { items, recommendation_id: "r1", next: "/recommendations?cursor=2" };
      },
      setClock: () => {},
      learn: async () => void sent.push({ path: "learn" }),
    };
    return { service, sent };
  }
  const showing = (n: number, watched: number) => ({
    viewer: "v1",
    post: world.posts[n]!,
    atMs: START_MS + 1_000,
    watchedMs: Math.round(watched * world.posts[n]!.durationMs),
    isLiked: watched >= FINISHED,
    isRepeat: false,
    session: "s1",
    recommendationId: "r1",
  });

  test("the live one sends events at once and asks in the viewer's session", async () => {
    const { service, sent } = recorder();
    const policy = livePolicy(service);
    await policy.next("v1", "s1", 5, START_MS);
    await policy.report([showing(0, 1), showing(1, 0.1)]);
    expect(sent[0]!.path).toBe("/recommendations?user=v1&session=s1&limit=5");
    const { events } = sent[1]!.body as { events: { kind: string; recommendation_id: string }[] };
    expect(events.map(({ kind }) => kind)).toEqual(["view", "like", "view"]);
    expect(events.every((it) => it.recommendation_id === "r1")).toBeTrue();
  });

  test("a nightly one keeps them until the night, and goes on in one list until then", async () => {
    const { service, sent } = recorder();
    const policy = nightlyPolicy("daily feed", service, false);
    expect(await policy.next("v1", "s1", 5, START_MS)).not.toHaveProperty("recommendationId");
    const named = nightlyPolicy("named", recorder().service, true);
    expect(await named.next("v1", "s1", 5, START_MS)).toHaveProperty("recommendationId", "r1");
    await policy.report([showing(0, 1)]);
    await policy.next("v1", "s2", 5, START_MS);
    expect(sent.map(({ path }) => path)).toEqual(["/recommendations?user=v1&limit=5", "/recommendations?cursor=2"]); // prettier-ignore
    await policy.startDay([], START_MS + DAY_MS);
    expect(sent.slice(2).map(({ path }) => path)).toEqual(["/events", "learn"]);
  });
});
