import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { snapshot } from "../../../src/cli/checks/snapshot.ts";
import { writeSnapshot } from "../../../src/snapshot/write.ts";
import { look } from "../../support/doctor.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { modelOf } from "../../support/model.ts";
import { noon } from "../../support/upstream.ts";

describe("the doctor on snapshots", () => {
  const model = modelOf([{ vector: [1, 0, 0] }, {}]);
  const write = (folder: string, day: number, it = model) =>
    writeSnapshot(join(folder, "snapshots"), it, "1.2.3", noon(day));
  const damage = (folder: string, id: string) =>
    writeFileSync(join(folder, "snapshots", id, "popular.popularity"), "damaged");

  test("says how old the good one is, and what is in it", async () => {
    using folder = temporaryFolder();
    const id = write(folder.path, 2);
    expect(await look(snapshot, folder.path)).toEqual([
      `ok ${id} is good, 1 day old: 2 posts, 1 with a vector`,
    ]);
  });

  test("warns where there is none, where it is old and where texts do not count", async () => {
    using folder = temporaryFolder();
    expect((await look(snapshot, folder.path))[0]).toStartWith("warn there is none yet");
    write(folder.path, 1, modelOf([{}], { encoder: undefined }));
    expect((await look(snapshot, folder.path, {}, noon(2)))[0]).toContain("texts do not count");
    const [old] = await look(snapshot, folder.path, {}, noon(9));
    expect(old).toStartWith("warn ");
    expect(old).toContain("8 days old");
    expect(old).toContain("run `vidrec learn`");
  });

  test("warns of one that is dated ahead", async () => {
    using folder = temporaryFolder();
    const id = write(folder.path, 9);
    const [found] = await look(snapshot, folder.path);
    expect(found).toStartWith(`warn ${id} is from the future, 2025-06-09T12:00:00Z`);
    expect(found).toContain("set the clock; the next learning makes it again");
  });

  test("warns of a damaged one, and fails where no good one is left", async () => {
    using folder = temporaryFolder();
    const [first, second] = [write(folder.path, 1), write(folder.path, 2)];
    damage(folder.path, second);
    const [bad, good] = await look(snapshot, folder.path, {}, noon(2));
    expect(bad).toMatch(/^warn .*popularity is damaged.*the next learning makes it again/);
    expect(good).toStartWith(`ok ${first} is good`);
    damage(folder.path, first);
    const all = await look(snapshot, folder.path);
    expect(all.map((it) => it.slice(0, 4))).toEqual(["fail", "fail"]);
  });
});
