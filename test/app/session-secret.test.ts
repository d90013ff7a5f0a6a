/** The secret of the dashboard's sessions. */
import { expect, test } from "bun:test";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { secretIn } from "../../src/app/session-secret.ts";
import { temporaryFolder } from "../support/folder.ts";

test("is made at first need, for its owner alone, and is the same in all processes and after a restart", () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "session-secret");
  const [one, another] = [secretIn(path), secretIn(path)];
  expect(readdirSync(folder.path)).toEqual([]);
  expect(one().length).toBe(32);
  expect(another()).toEqual(one());
  expect(secretIn(path)()).toEqual(one());
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder.path)).toEqual(["session-secret"]);
});
