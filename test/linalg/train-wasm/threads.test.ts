import { expect, test } from "bun:test";
import type { Matrix } from "ml-matrix";
import { KernelError } from "../../../src/linalg/train-wasm/team.ts";
import { openKernel } from "../../../src/linalg/train-wasm/open.ts";
import type { Csr } from "../../../src/linalg/sparse.ts";
import { csr } from "../../support/matrix.ts";
import { floatsOf, someSystem, spawn } from "../some.ts";

test("one, two or three threads give the same bits", async () => {
  const { a, b } = someSystem(600, 300);
  const likes = sparse(b);
  const y = floatsOf(b).subarray(0, 300 * 16);
  const results = [1, 2, 3].map(async (threads) => {
    const kernel = await openKernel({ threads, spawn });
    const [x, inverted] = [floatsOf(b), floatsOf(a)];
    await kernel.solve(floatsOf(a), x);
    await kernel.inverse(inverted);
    const factors = floatsOf(b)
      .subarray(0, 600 * 16)
      .slice();
    await kernel.regress!(factors, likes, y, { lambda: 0.1, alpha0: 0.1, steps: 2 });
    await kernel.close();
    return { x, inverted, factors };
  });
  const [one, ...more] = await Promise.all(results);
  for (const it of more) expect(it).toEqual(one!);
});

/** The positive numbers of a matrix. */
function sparse(m: Matrix): Csr {
  const rows = m.to2DArray().map((row) => [...row.entries()].filter(([, it]) => it > 0));
  return csr(rows, m.columns);
}

test("other events have their turn while the kernel works", async () => {
  const kernel = await openKernel({ threads: 1, spawn });
  let turns = 0;
  let isOpen = true;
  const next = () => void (turns++, isOpen && setImmediate(next));
  next();
  await kernel.inverse(floatsOf(someSystem(600, 1).a));
  isOpen = false;
  await kernel.close();
  expect(turns).toBeGreaterThan(6); // a sweep of three blocks has six phases
});

test("two jobs at a time are refused", async () => {
  const kernel = await openKernel({ threads: 1, spawn });
  const a = floatsOf(someSystem(300, 1).a);
  const first = kernel.inverse(a);
  const second = await kernel.inverse(a).catch((it: unknown) => it);
  expect(second).toEqual(new TypeError("a kernel does one thing at a time"));
  expect(() => kernel.floats(1)).toThrow(TypeError);
  await first;
  await kernel.close();
});

test("a thread that ends under way fails the job, and whatever comes after", async () => {
  const workers: Worker[] = [];
  const kernel = await openKernel({
    threads: 2,
    spawn: () => {
      workers.push(spawn());
      return workers[0]!;
    },
  });
  const a = floatsOf(someSystem(600, 1).a);
  const job = kernel.inverse(a.slice()).catch((it: unknown) => it);
  workers[0]!.terminate();
  expect(await job).toBeInstanceOf(KernelError);
  expect(await kernel.inverse(a).catch((it: unknown) => it)).toBeInstanceOf(KernelError);
  await kernel.close();
});

test("a worker that is no kernel thread is reported when the kernel is opened", async () => {
  const broken = new Blob(["throw new Error('no memory')"], { type: "text/javascript" });
  const opened = await openKernel({
    threads: 2,
    spawn: () => new Worker(URL.createObjectURL(broken)),
  }).catch((it: unknown) => it);
  expect(opened).toBeInstanceOf(KernelError);
});

test("scratch is used again, and is zero again", async () => {
  const kernel = await openKernel({ threads: 1, spawn });
  const kept = kernel.floats(10).fill(3);
  for (let n = 0; n < 30; n++)
    await kernel.scratch(async () => {
      const floats = kernel.floats(100_000_000); // 400 MB, of 4 GB at most
      expect(floats[99_999_999]).toBe(0);
      floats[99_999_999] = 1;
    });
  expect([...kept]).toEqual(Array(10).fill(3));
  await kernel.close();
});

test("a kernel that is full says so", async () => {
  const kernel = await openKernel({ threads: 1, spawn });
  expect(() => kernel.floats(1_100_000_000)).toThrow(
    new RangeError("a kernel that holds 0.0 GB cannot hold 4.4 GB more: 4 GB is the most"),
  );
  await kernel.close();
});

test("kernels that were closed hold no memory", async () => {
  const before = process.memoryUsage.rss();
  for (let n = 0; n < 6; n++) {
    const kernel = await openKernel({ threads: 2, spawn });
    kernel.floats(50_000_000).fill(1); // 200 MB
    await kernel.close();
    Bun.gc(true);
  }
  expect(process.memoryUsage.rss() - before).toBeLessThan(500e6);
});
