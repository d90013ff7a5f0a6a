import { expect, test } from "bun:test";
import { timedReply } from "../../src/http/render.ts";
import { startTimings } from "../../src/feed/timings.ts";
import { ask, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";

test("a stage takes the time since the stage before it, its laps added up", () => {
  const times = [10, 11, 14, 16, 17];
  const timings = startTimings(() => times.shift()!);
  timings.lap("history");
  timings.lap("rank");
  timings.lap("history");
  expect(timings.stages()).toEqual([
    { stage: "history", ms: 3 },
    { stage: "rank", ms: 3 },
  ]);
  const header = timedReply("", timings).headers.get("server-timing");
  expect(header).toBe("history;dur=3.000, rank;dur=3.000, render;dur=1.000");
});

test("a feed names its stages: for a cached user, no history", async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, [{}, {}, {}]);
  await world.fill();
  await world.user(1, "ada");
  await world.did(1, { post: 101, kind: "like" });
  world.learn();
  const { feed } = world.serve();
  const stages = async (page: number) => {
    const { timings } = await ask(feed, { username: "ada", page, pageSize: 1 });
    return timings!.stages().map((it) => it.stage);
  };
  const ranked = ["prepare", "retrieve", "score", "select", "cards"];
  expect(await stages(1)).toEqual(["history", "fold-in", ...ranked]);
  expect(await stages(1)).toEqual(ranked);
  expect(await stages(2)).toEqual(["cards"]);
});
