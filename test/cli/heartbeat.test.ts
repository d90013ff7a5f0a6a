import { expect, test } from "bun:test";
import { heartbeat, type Heartbeat } from "../../src/cli/heartbeat.ts";

/** A process that answers questions up to the n-th; resolves with how many it was asked when it is hung, or after `until`. */
function asking(answers: number, until: number): Promise<{ asked: number; isHung: boolean }> {
  const { promise, resolve } = Promise.withResolvers<{ asked: number; isHung: boolean }>();
  let asked = 0;
  const pulse: Heartbeat = heartbeat({
    beatMs: 1,
    ping: () => {
      if (++asked <= answers) pulse.answered();
      if (asked < until) return;
      pulse.stop();
      setTimeout(() => resolve({ asked, isHung: false }), 20);
    },
    onHung: () => resolve({ asked, isHung: true }),
  });
  return promise;
}

test("a process hangs after seven unanswered pings, never while it answers", async () => {
  expect(await asking(5, 100)).toEqual({ asked: 12, isHung: true });
  expect(await asking(100, 100)).toEqual({ asked: 100, isHung: false });
});

test("the first answer may take much longer", async () => {
  expect(await asking(0, 100)).toEqual({ asked: 100, isHung: false });
  expect((await asking(0, 10_000)).isHung).toBeTrue();
});
