import { describe, expect, test } from "bun:test";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder } from "../../../src/cli/checks/disk.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { look } from "../../support/doctor.ts";

describe("the doctor on the data folder", () => {
  test("writes to it and leaves nothing behind", async () => {
    using folder = temporaryFolder();
    const [writable, space] = await look(dataFolder, folder.path);
    expect(writable).toBe(`ok ${folder.path} can be written`);
    expect(space).toMatch(/^(ok|warn|fail) \d+ MB free/);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test("fails where it cannot write, and names the setting", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "file");
    writeFileSync(file, "");
    const [found] = await look(dataFolder, file);
    expect(found).toStartWith(`fail ${file} cannot be written`);
    expect(found).toContain("set DATA_DIR");
  });
});
