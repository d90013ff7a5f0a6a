import { describe, expect, test } from "bun:test";
import { Matrix, solve } from "ml-matrix";
import { Arena } from "../../../src/linalg/arena.ts";
import { regressAllHistories } from "../../../src/linalg/train-wasm/histories.ts";
import type { Phase } from "../../../src/linalg/train-wasm/phase.ts";
import { openTeam } from "../../../src/linalg/train-wasm/team.ts";
import { compileKernel } from "../../../src/linalg/train-wasm/wasm.ts";
import { openKernel } from "../../../src/linalg/train-wasm/open.ts";
import { seededRandom } from "../../../src/linalg/random.ts";
import { csr } from "../../support/matrix.ts";
import { errorOf, spawn } from "../some.ts";

/** More than two strips of columns; some blocks reach over whole histories, some not. */
const POSTS = 37;
const blocks = [
  { decay: 0.5, window: 2, scale: 1 },
  { decay: 0.9, window: 7, scale: 0.35 },
  { decay: 0.97, window: 40, scale: 0.2 },
];
const params = { blocks, lambda: 3 };

/** Histories of none to all posts, in random order. */
function someHistories(): number[][] {
  const random = seededRandom(4);
  return Array.from({ length: 60 }, (_, n) =>
    Array.from({ length: POSTS }, (_, post) => [random(), post] as const)
      .sort(([a], [b]) => a - b)
      .slice(0, Math.floor(POSTS * (n / 59) ** 3))
      .map(([, post]) => post),
  );
}

/** Φ and Y, step by step as the formula says, and W. */
function exact(histories: readonly (readonly number[])[]): Matrix {
  const steps = histories.flatMap((posts) =>
    posts.slice(1).map((next, n) => ({ next, before: posts.slice(0, n + 1).toReversed() })),
  );
  const phi = steps.map(({ before }) =>
    blocks.flatMap(({ decay, window, scale }) => {
      const weights = new Array<number>(POSTS).fill(0);
      for (const [age, post] of before.slice(0, window).entries())
        weights[post] = scale * decay ** age;
      return weights;
    }),
  );
  const y = steps.map(({ next }) => Array.from({ length: POSTS }, (_, n) => Number(n === next)));
  const [f, ft] = [new Matrix(phi), new Matrix(phi).transpose()];
  const size = blocks.length * POSTS;
  return solve(ft.mmul(f).add(Matrix.eye(size, size).mul(3)), ft.mmul(new Matrix(y)));
}

async function regressed(histories: readonly (readonly number[])[], threads = 1) {
  const kernel = await openKernel({ threads, spawn });
  const w = new Float32Array(blocks.length * POSTS ** 2).fill(9);
  const rows = histories.map((posts) => posts.map((it) => [it, 1] as const));
  await kernel.regressHistories!(w, csr(rows, POSTS), params);
  await kernel.close();
  return w;
}

describe("regressing from histories", () => {
  test("gives what the normal equations give", async () => {
    const histories = someHistories();
    expect(errorOf(await regressed(histories), exact(histories))).toBeLessThan(2e-5);
  });

  test("gives the same bits with any number of threads", async () => {
    const [one, three] = [await regressed(someHistories(), 1), await regressed(someHistories(), 3)];
    expect(three).toEqual(one);
  });

  test("writes to its own scratch memory alone, whatever the longest history", async () => {
    const [arena, module] = [new Arena(), await compileKernel()];
    const team = await openTeam(module!, arena.memory, 1, spawn);
    const guards: number[] = [];
    const run = async (phase: Phase) => {
      const guard = arena.floatsAt(arena.allocate(1 << 16), 1 << 14).fill(7);
      await team.run(phase);
      guards.push(...guard);
    };
    const posts = [...Array(POSTS).keys()];
    const at = arena.allocate(4 * blocks.length * POSTS ** 2);
    const [starts, columns] = [arena.allocate(12), arena.allocate(4 * POSTS + 4)];
    arena.wordsAt(starts, 3).set([0, POSTS, POSTS + 1]);
    arena.wordsAt(columns, POSTS + 1).set([...posts, 0]);
    const histories = csr([posts, [0]].map((of) => of.map((it) => [it, 1] as const)), POSTS); // prettier-ignore
    await regressAllHistories({ arena, team: { ...team, run } }, [at, starts, columns], histories, params); // prettier-ignore
    expect(guards.every((it) => it === 7)).toBeTrue();
    expect(guards).toHaveLength(1 << 14);
  });

  test("refuses a result of another shape", async () => {
    const kernel = await openKernel({ threads: 1, spawn });
    const wrong = new Float32Array(blocks.length * POSTS);
    expect(await kernel.regressHistories!(wrong, csr([[]], POSTS), params).catch((it: unknown) => it)).toBeInstanceOf(RangeError); // prettier-ignore
    await kernel.close();
  });

  test("gives zeros where nobody has a next post", async () => {
    expect((await regressed([[1], [], [36]])).every((it) => it === 0)).toBeTrue();
    expect((await regressed([])).every((it) => it === 0)).toBeTrue();
  });
});
