/** Time to the first impressions of new posts, some of which are still followed. */
import { expect, test } from "bun:test";
import type { UserId } from "../../../src/domain/ids.ts";
import { firstImpressions } from "../../../src/feed/creators/first-impressions.ts";
import { shownIn } from "../../../src/feed/creators/shown.ts";
import { openWorld } from "../../support/feeds.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { AS_OF_MS } from "../../support/model.ts";
import { type PostSketch } from "../../support/sketch.ts";
import { show } from "../../support/shown.ts";

const HOUR_MS = 3_600_000;
/** Hours ago at which 101, 102, … were created; the last one repeats the first. */
const BORN = [12, 24, 6, 40, 24 * 9, 11, 12];

test("counts who has had 100, and follows the others until now or until they expired", async () => {
  using folder = temporaryFolder();
  const posts = BORN.map((hours, row): PostSketch => ({
    ageDays: hours / 24,
    ...(row === 5 && { expiresInDays: -4 / 24 }),
    ...((row === 0 || row === 6) && { duplicateOf: 0 }),
  }));
  using world = openWorld(folder.path, posts);
  for (const [row, hours] of BORN.entries())
    await world.post(101 + row, { createdAtMs: AS_OF_MS - hours * HOUR_MS });
  world.learn();
  const { registry, servedLog } = world.serve();
  const shown = (user: string, hoursAgo: number, post: number, times: number) =>
    show(servedLog, { user, atMs: AS_OF_MS - hoursAgo * HOUR_MS, posts: Array(times).fill(post) });
  shown("eve", 40, 104, 1);
  shown("ada", 30, 105, 1);
  shown("ada", 4, 101, 39); // the hundredth, eight hours after its creation
  shown("cyd", 3, 101, 150);
  shown("zoe", 10, 101, 61);
  shown("ada", 20, 102, 99);
  shown("ada", 20, 104, 200);
  await servedLog.eraseUser("eve" as UserId, AS_OF_MS); // the log begins after 104 was created
  const deps = { store: world.store, servedLog: () => servedLog };
  const found = await firstImpressions(
    world.store,
    await shownIn(deps, registry.current()!.ranker, 7, AS_OF_MS),
  );
  // 101 after 8 hours; 103 is followed for 6, 106 for 7 until it expired, 102 for 24.
  expect(found).toEqual({
    ...{
      count: 100,
      posts: 4,
      reached: 1,
      longestMs: 24 * HOUR_MS,
      medianMs: 8 * HOUR_MS,
      quarterMs: 8 * HOUR_MS,
    },
    curve: [{ time: 8 * HOUR_MS, share: expect.closeTo(1 / 2, 12) }],
  });
});
