/** A small world to adjust: old posts that are liked, new ones that nobody knows, and processes that serve them. */
import { encodeNothing, openWorld } from "./feeds.ts";
import { temporaryFolder } from "./folder.ts";
import { AS_OF_MS } from "./model.ts";
import { type PostSketch } from "./sketch.ts";

/** The first third is liked and old, the last one new; each third is by a creator of its own. */
export const POSTS: PostSketch[] = Array.from({ length: 30 }, (_, n) => ({
  popularity: n < 10 ? 30 - n : 0,
  ageDays: n < 20 ? 300 + n : 40 - n,
  creator: ["ada", "bob", "cy"][Math.floor(n / 10)]!,
  vector: [n < 20 ? 1 : 0, n < 20 ? 0 : 1, 0.1 * (n % 10)],
}));
/** Liked by all, and the newest. */
export const [OLD, NEW] = [101, 130];

/** A store with a snapshot, in which ada has seen the fifth-newest post. */
export async function someWorld() {
  const folder = temporaryFolder();
  const world = openWorld(folder.path, POSTS);
  await world.fill();
  await world.user(7, "ada");
  await world.did(7, { post: 125, kind: "view", value: 90 });
  world.learn();
  const [one, other] = [world.serve(encodeNothing), world.serve(encodeNothing)];
  const end = () => (world[Symbol.dispose](), folder[Symbol.dispose]());
  const trying = world.serve(encodeNothing, () => AS_OF_MS, {
    share: 0.3,
    impressions: 20,
    days: 60,
  });
  return { ...one, world, other, trying, [Symbol.dispose]: end };
}
