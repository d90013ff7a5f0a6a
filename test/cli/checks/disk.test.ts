import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
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
    const folder = "/proc/vidrec"; // where not even root can make one
    const [found] = await look(dataFolder, folder);
    expect(found).toStartWith(`fail ${folder} cannot be written`);
    expect(found).toContain("set DATA_DIR");
  });
});
