/** Ada and a small catalogue, new for each test, with a snapshot that knows the mood calm. */
import { afterAll, afterEach, beforeEach, setDefaultTimeout } from "bun:test";
import { recommender } from "../../src/feed/recommend.ts";
import { LOCKED } from "../../src/snapshot/model.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS, modelOf } from "../support/model.ts";

/** Key of Ada. */
export const ADA = 41;

/** Its posts. */
export const POSTS = [
  { category: "running", vector: [1, 0, 0] },
  { category: "running", vector: [1, 0.1, 0] },
  { category: "cooking", vector: [0, 1, 0] },
  { category: "cooking", vector: [0.1, 1, 0] },
  { category: "stars", flags: LOCKED, vector: [0, 0, 1] },
  { category: "cooking" },
];

/** Sets up a test file. */
export function adasWorld() {
  setDefaultTimeout(300_000); // no test is to fail because a machine is slow
  const learnt = temporaryFolder();
  writeSnapshot(learnt.path, modelOf(POSTS, { moods: { calm: [0, 1, 0] } }), "1.2.3", AS_OF_MS);
  afterAll(() => learnt[Symbol.dispose]());

  let folder: ReturnType<typeof temporaryFolder>;
  let world: ReturnType<typeof openWorld>;
  let feed: ReturnType<typeof recommender>["feed"];
  beforeEach(async () => {
    folder = temporaryFolder();
    world = openWorld(folder.path, POSTS, learnt.path);
    await world.fill();
    await world.user(ADA, "ada");
    feed = world.serve().feed;
  });
  afterEach(() => {
    world[Symbol.dispose]();
    folder[Symbol.dispose]();
  });
  return {
    get folder() {
      return folder;
    },
    get world() {
      return world;
    },
    get feed() {
      return feed;
    },
  };
}
