import { describe, expect, test } from "bun:test";
import { garbageCollector } from "../../src/http/garbage.ts";

describe("garbage", () => {
  function serving() {
    const waits: (() => void)[] = [];
    let count = 0;
    const answered = garbageCollector({
      collect: () => void count++,
      wait: (then) => waits.push(then),
    });
    return {
      answer: (requests: number) => {
        for (let n = 0; n < requests; n++) answered();
      },
      /** The time of a pause goes by; returns whether it is waited for once more. */
      goBy: () => {
        waits.shift()?.();
        return waits.length > 0;
      },
      collections: () => count,
      timers: () => waits.length,
    };
  }

  test("is collected once when requests pause, with one timer for all of them", () => {
    const server = serving();
    server.answer(100);
    expect(server.timers()).toBe(1);
    expect(server.goBy()).toBe(true); // requests came meanwhile
    expect(server.collections()).toBe(0);
    expect(server.goBy()).toBe(false);
    expect(server.collections()).toBe(1);
    server.answer(100);
    expect([server.goBy(), server.goBy()]).toEqual([true, false]);
    expect(server.collections()).toBe(2);
  });

  test("is not collected in a burst, nor after a few requests", () => {
    const server = serving();
    for (let second = 0; second < 9; second++) {
      server.answer(100);
      expect(server.goBy()).toBe(true);
    }
    expect(server.collections()).toBe(0);
    const few = serving();
    few.answer(3);
    while (few.goBy());
    expect(few.collections()).toBe(0);
  });

  test("is collected in a burst every 1,000 requests", async () => {
    const server = serving();
    server.answer(2_999);
    await new Promise(setImmediate);
    expect(server.collections()).toBe(2);
  });
});
