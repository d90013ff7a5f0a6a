import { expect, test } from "bun:test";
import { seededRandom } from "../../../src/linalg/random.ts";
import { openKernel } from "../../../src/linalg/train-wasm/open.ts";
import { peopleSide, postsSide } from "../../../src/models/item-item/closed-form.ts";
import { sparse } from "../../support/matrix.ts";

const kernel = await openKernel({ threads: 1, spawn: () => new Worker("") });
const [PEOPLE, POSTS] = [30, 50];

/** Everything that a side tells of some likes. */
async function resultsOf(side: typeof postsSide | typeof peopleSide) {
  const random = seededRandom(3);
  const numbers = (length: number) => Float32Array.from({ length }, random);
  const likes = Array.from({ length: PEOPLE }, () =>
    Array.from({ length: POSTS }, () => (random() < 0.2 ? 0.5 + random() : 0)),
  );
  const { gram, solve } = side(sparse(likes), kernel);
  const product = new Float32Array(3 * POSTS).fill(7);
  await gram.times(product, numbers(3 * POSTS), 3);
  const addRows = await solve(Float64Array.from(numbers(POSTS), (it) => 1 + it));
  const block = numbers(4 * POSTS);
  addRows(block, 9, 0.3);
  for (let row = 0; row < 4; row++) block[row * POSTS + 9 + row] = 0;
  return { diagonal: gram.diagonal, product, block };
}

test("EASE and its gram are the same from the side of people and from that of posts", async () => {
  const [ofPosts, ofPeople] = [await resultsOf(postsSide), await resultsOf(peopleSide)];
  expect(Math.max(...ofPosts.block.map(Math.abs))).toBeGreaterThan(0.3);
  for (const name of ["diagonal", "product", "block"] as const)
    for (const [n, it] of ofPeople[name].entries()) expect(it).toBeCloseTo(ofPosts[name][n]!, 4);
});
