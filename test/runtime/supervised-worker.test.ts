/** Life cycle of supervised threads and of their jobs. */
import { afterEach, describe, expect, jest, test } from "bun:test";
import {
  pauseAfter,
  SupervisedWorker,
  type SupervisedWorkerOptions,
} from "../../src/runtime/supervised-worker.ts";
import type { EchoEvent, EchoRequest } from "./echo-worker.ts";

type Echo = SupervisedWorker<EchoRequest, EchoEvent, string>;
const LONG_MS = 60_000;
const PAUSE_MS = 5;
const HANGS = "the echo hangs: no message in 1 minutes";

let thread: Echo | undefined;
afterEach(() => {
  jest.useRealTimers();
  return thread?.close();
});

/** A thread that echoes; `starts` counts how often it was started, `ends` holds why it ended. */
function open(over: Partial<SupervisedWorkerOptions<EchoRequest, EchoEvent>> = {}) {
  const seen = { starts: 0, ends: [] as string[] };
  const echo: Echo = new SupervisedWorker<EchoRequest, EchoEvent, string>({
    name: "the echo",
    spawn: () => (seen.starts++, new Worker(new URL("./echo-worker.ts", import.meta.url))),
    opening: "open",
    onEvent: (event) => (event === "ready" ? undefined : echo.done(event)),
    onEnd: (message) => void seen.ends.push(message),
    failure: (message) => new Error(message),
    idleMs: LONG_MS,
    pauseMs: PAUSE_MS,
    ...over,
  });
  thread = echo;
  return { echo, seen };
}

/** Lets so much of the tests' own time pass once all that is due before has happened. */
async function pass(ms: number): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  jest.advanceTimersByTime(ms);
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
const after = <T>(ms: number, promise: Promise<T>): Promise<T> => pass(ms).then(() => promise);

const outcome = (job: Promise<string>) => job.catch((cause: Error) => cause.message);

test("pauses double from the first one up to five minutes", () => {
  expect([1, 2, 3, 4].map((ends) => pauseAfter(ends))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect([1, 2].map((ends) => pauseAfter(ends, 10))).toEqual([10, 20]);
  expect(pauseAfter(50)).toBe(300_000);
});

describe("jobs", () => {
  test("are done one after the other; one that is cut off fails, and those behind it are done by the next thread", async () => {
    const { echo, seen } = open();
    const jobs = ["a", "crash", "b"] as const;
    const all = await Promise.all(jobs.map((it) => outcome(echo.run(it))));
    expect(all).toEqual(["a", "error: crashed", "b"]);
    expect([seen.starts, seen.ends]).toEqual([2, ["error: crashed"]]);
  });

  test("fail when the thread is closed, waiting ones too", async () => {
    const { echo } = open();
    await echo.run("b");
    const jobs = [outcome(echo.run("hang")), outcome(echo.run("a"))];
    await echo.close();
    const all = await Promise.all([...jobs, outcome(echo.run("b"))]);
    expect(new Set(all)).toEqual(new Set(["the echo is closed"]));
  });
});

test("a thread that is closed is asked to end, and ends by itself", async () => {
  const ended = Promise.withResolvers<number>();
  const spawn = () => {
    const worker = new Worker(new URL("./echo-worker.ts", import.meta.url));
    worker.addEventListener("close", (event) => ended.resolve((event as CloseEvent).code));
    return worker;
  };
  const { echo } = open({ spawn });
  await echo.run("a");
  await echo.close();
  expect(await ended.promise).toBe(7); // the code with which the echo ends; that of a terminated thread is 0
});

test("a thread that is idle ends without a word, and starts again with the next job", async () => {
  const { echo, seen } = open({ idleMs: 1 });
  expect(await echo.run("a")).toBe("a");
  while (echo.isReady) await Bun.sleep(1);
  expect(echo.isPaused).toBeFalse();
  expect(await echo.run("b")).toBe("b");
  expect([seen.starts, seen.ends]).toEqual([2, []]);
});

test("a thread that is silent over a job hangs, and is replaced; one that is idle does not hang", async () => {
  jest.useFakeTimers();
  const { echo, seen } = open({ hungMs: LONG_MS, idleMs: 3 * LONG_MS });
  expect(await echo.run("a")).toBe("a");
  jest.advanceTimersByTime(2 * LONG_MS);
  expect(await after(LONG_MS, outcome(echo.run("hang")))).toBe(HANGS);
  expect(await after(PAUSE_MS, echo.run("b"))).toBe("b");
  expect(seen).toEqual({ starts: 2, ends: [HANGS] });
});

test("a thread that does not answer a request without a job is taken to hang, too", async () => {
  jest.useFakeTimers();
  const ended = Promise.withResolvers<string>();
  const { echo } = open({ hungMs: LONG_MS, hasPending: () => true, onEnd: ended.resolve });
  echo.send("hang");
  expect(await after(LONG_MS, ended.promise)).toBe(HANGS);
});

test("a thread that is closed while it opens is waited for: it may be loading native code", async () => {
  jest.useFakeTimers();
  const { echo } = open({ opening: "hang" });
  let isClosed = false;
  const closing = echo.close().then(() => (isClosed = true));
  await pass(29_000);
  expect(isClosed).toBe(false);
  expect(await after(1_000, closing)).toBe(true);
});
