/** The manifest of the snapshot before another. */
import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifestBefore } from "../../src/snapshot/open.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS, modelOf } from "../support/model.ts";

test("the snapshot before another is the newest good one that is older", () => {
  using folder = temporaryFolder();
  const [first, second, third] = [1, 2, 3].map(
    (n) =>
    writeSnapshot(folder.path, modelOf([{}]), "1.2.3", AS_OF_MS + n, undefined, undefined, undefined, 3), // prettier-ignore
  ) as [string, string, string];
  const before = (id: string) => manifestBefore(folder.path, id)?.id;
  expect([third, second, first].map(before)).toEqual([second, first, undefined]);
  writeFileSync(join(folder.path, second, "manifest.json"), "no JSON");
  expect(before(third)).toBe(first);
});
