/** Schedule of the day's work, on a clock that the test turns. */
import { afterEach, beforeEach, describe, expect, jest, setDefaultTimeout, test } from "bun:test";
import { startSchedule, type Schedule } from "../../../src/training/jobs/schedule.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const MINUTE_MS = 60_000;
const HOUR = 60;
const START_MS = Date.UTC(2025, 5, 1, 20, 0);

let schedule: Schedule | undefined;
/** Start of the work, and the pauses that were told after failures, in minutes. */
let began: string[] = [];
let pauses: number[] = [];
let failures: string[] = [];

beforeEach(() => {
  jest.useFakeTimers({ now: START_MS });
  [began, pauses, failures] = [[], [], []];
});
afterEach(() => {
  schedule?.stop();
  jest.useRealTimers();
});

/** Let so many minutes pass, and everything happen that is due. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute <= minutes; minute++) {
    if (minute > 0) jest.advanceTimersByTime(MINUTE_MS);
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  }
}

function start(work: () => Promise<void> = async () => {}, syncAt = "00:10"): void {
  const noted = async () => {
    began.push(new Date().toISOString().slice(8, 16));
    await work();
  };
  schedule = startSchedule(syncAt, noted, (message, pauseMs) => {
    failures.push(message);
    pauses.push(pauseMs / MINUTE_MS);
  });
}

describe("the day's work", () => {
  test("happens at once, then daily at its time or a little later", async () => {
    start();
    await pass(0);
    expect(began).toEqual(["01T20:00"]);
    await pass(4 * HOUR + 9);
    expect(began).toHaveLength(1);
    await pass(7);
    expect(began).toHaveLength(2);
    expect(began[1]! >= "02T00:10" && began[1]! <= "02T00:15").toBeTrue();
    await pass(48 * HOUR);
    expect(began.map((it) => it.slice(0, 6))).toEqual(["01T20:", "02T00:", "03T00:", "04T00:"]);
  });

  test.each([
    ["back by ten years", -10 * 365],
    ["ahead by ten years", 10 * 365],
    ["back by a day", -1],
  ])("goes on daily when the clock is put %s", async (_, days) => {
    start();
    await pass(HOUR);
    jest.setSystemTime(Date.now() + days * 24 * HOUR * MINUTE_MS);
    const before = began.length;
    await pass(48 * HOUR);
    expect(began.length - before).toBeGreaterThanOrEqual(2);
    expect(began.length - before).toBeLessThanOrEqual(3);
  });

  test("waits for the run before it to end", async () => {
    const busy = Promise.withResolvers<void>();
    start(() => busy.promise);
    await pass(10 * HOUR); // one daily run falls due meanwhile
    expect(began).toEqual(["01T20:00"]);
    busy.resolve();
    await pass(10);
    expect(began).toEqual(["01T20:00", "02T06:00"]);
  });
});

describe("work that fails", () => {
  test("is repeated with growing pauses, up to half an hour, until it is done", async () => {
    let left = 9;
    start(async () => {
      if (left-- > 0) throw new Error(`upstream is away, ${left} to go`);
    });
    await pass(3 * HOUR);
    expect(failures[0]).toBe("upstream is away, 8 to go");
    expect(pauses).toHaveLength(9);
    expect(pauses[0]).toBeGreaterThanOrEqual(0.5);
    expect(pauses[0]).toBeLessThanOrEqual(1);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses.at(-1)).toBe(30);
    expect(began).toHaveLength(10);
    await pass(HOUR);
    expect(began).toHaveLength(10);
  });

  test("is repeated after any kind of error", async () => {
    const errors = [new TypeError("x is not a function"), new RangeError("singular"), "no error"];
    start(async () => {
      const error = errors.shift();
      if (error !== undefined) throw error;
    });
    await pass(30);
    expect(failures).toEqual(["x is not a function", "singular", "no error"]);
    expect(began).toHaveLength(4);
  });

  test("for days is never done twice at once, and goes on daily after that", async () => {
    let [isAway, running, most] = [true, 0, 0];
    start(async () => {
      most = Math.max(most, ++running);
      await Bun.sleep(5 * MINUTE_MS);
      running--;
      if (isAway) throw new Error("away");
    });
    await pass(50 * HOUR);
    isAway = false;
    await pass(2 * HOUR);
    const before = began.length;
    await pass(24 * HOUR);
    expect([most, began.length - before]).toEqual([1, 1]);
  });
});

describe("a schedule that is stopped", () => {
  test("does nothing more", async () => {
    start();
    await pass(0);
    schedule!.stop();
    await pass(30 * HOUR);
    expect(began).toHaveLength(1);
  });

  test("does nothing more in the pause after a failure", async () => {
    start(async () => {
      throw new Error("away");
    });
    await pass(0);
    schedule!.stop();
    await pass(2 * HOUR);
    expect(began).toHaveLength(1);
  });

  test("does nothing more between its time and the little later", async () => {
    start();
    await pass(4 * HOUR + 10);
    const before = began.length;
    schedule!.stop();
    await pass(2 * HOUR);
    expect(began).toHaveLength(before);
  });
});
