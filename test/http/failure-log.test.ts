/** Failed requests fill no log. */
import { expect, test } from "bun:test";
import { failureLog } from "../../src/http/failure-log.ts";

test("the first failure is logged at once, those of the next minute as one line, and quiet minutes not", () => {
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const failed = failureLog(
    (line) => lines.push(line),
    (then) => waiting.push(then),
  );
  const aMinutePasses = () => waiting.shift()!();
  failed("with an unknown key");
  for (let n = 0; n < 3; n++) failed("with an unknown key");
  failed("without a key");
  expect(lines).toEqual(["1 request with an unknown key"]);
  aMinutePasses();
  expect(lines.at(-1)).toBe("3 requests with an unknown key, 1 request without a key");
  aMinutePasses();
  expect([lines.length, waiting.length]).toEqual([2, 0]);
  failed("without a key");
  expect(lines.at(-1)).toBe("1 request without a key");
});
