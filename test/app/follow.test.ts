/** Order of what a serving process follows, and words of what it tries again. */
import { expect, test } from "bun:test";
import { follow } from "../../src/app/follow.ts";
import { withNextTry } from "../../src/app/worker-threads.ts";
import { until } from "../support/program.ts";

test("after the store was replaced, posts are taken up once the registry has looked at the new one", async () => {
  const calls: string[] = [];
  let isReplaced = true;
  const stop = follow({
    registry: { poll: async () => void calls.push("registry"), refused: () => [] },
    live: { poll: async () => (calls.push("live"), stop()) }, // before the next poll
    reopenIfReplaced: () => isReplaced && (calls.push("reopened"), !(isReplaced = false)),
    faults: { check: async () => {} },
    troubles: { set: () => {} },
    log: () => {},
  } as never);
  await until(async () => (calls.includes("live") ? true : undefined));
  expect(calls).toEqual(["registry", "reopened", "registry", "live"]);
});

test("a failure says in how many seconds it is tried again", () => {
  expect(withNextTry("the learner hangs", 4_400)).toBe("the learner hangs (again in 4 s)");
});
