/** A world for tests of pages: thirty posts, and Ada, who likes one of them and saw another. */
import { openWorld } from "./feeds.ts";
import { temporaryFolder } from "./folder.ts";

/** Ada's id. */
export const ADA = 1;

/** The posts: ids from 101 on. */
export const POSTS = Array.from({ length: 30 }, (_, n) => ({
  category: n % 3 === 0 ? "running" : "cooking",
  factors: [Math.sin(n), Math.cos(n)],
  vector: n % 3 === 0 ? [1, n / 30, 0] : [0, 1, n / 30],
}));

/** The world, learnt once; she likes 103 and saw 104. */
export async function openAdasWorld() {
  const folder = temporaryFolder();
  const world = openWorld(folder.path, POSTS);
  await world.fill();
  await world.user(ADA, "ada");
  await world.did(ADA, { post: 103, kind: "like" }, { post: 104, kind: "view" });
  world.learn();
  return {
    ...world,
    [Symbol.dispose]: () => {
      world[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}
