/** A folder of snapshots, and a registry that serves them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StoreMark } from "../../src/domain/event.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { AS_OF_MS, modelOf } from "../support/model.ts";
import { temporaryFolder } from "../support/folder.ts";

/** A folder of snapshots, each of one post more than the one before. */
export function snapshots() {
  const { path, [Symbol.dispose]: dispose } = temporaryFolder();
  let written = 0;
  const learn = (store?: StoreMark) =>
    writeSnapshot(
      path,
      modelOf(Array.from({ length: ++written }, () => ({}))),
      "1.2.3",
      AS_OF_MS + written,
      { learntFrom: "", store },
    );
  const damage = (id: string) => writeFileSync(join(path, id, "popular.popularity"), "x");
  return { path, learn, damage, [Symbol.dispose]: dispose };
}
