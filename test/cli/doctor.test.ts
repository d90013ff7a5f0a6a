import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { vidrec } from "../support/cli.ts";
import { plainDataset } from "../support/dataset.ts";
import { temporaryFolder } from "../support/folder.ts";
import { serveSocialverse } from "../support/socialverse.ts";

const standIn = serveSocialverse({ data: plainDataset({ users: 5, posts: 10 }) });
afterAll(standIn[Symbol.dispose]);

const PATIENCE_MS = 300_000;

describe("vidrec doctor", () => {
  test(
    "prints a line a check and ends with 0 where nothing failed",
    async () => {
      using folder = temporaryFolder();
      const { code, out, err } = await vidrec(["doctor"], folder.path);
      expect(err).toBe("");
      expect(code).toBe(0);
      const found = out.trimEnd().split("\n");
      expect(found.every((it) => /^(ok  |warn)  \w+ +\S/.test(it))).toBe(true);
      expect(found.map((it) => it.split(/\s+/)[1])).toEqual([
        ...["settings", "folder", "disk", "tmpdir", "lock"],
        ...["store", "snapshot", "upstream", "encoder"],
      ]);
      expect(out).toMatch(/^ok +encoder +all-MiniLM-L6-v2@\w+: 384 dimensions/m);
    },
    PATIENCE_MS,
  );

  test(
    "ends with 1 where something failed, looks at all the rest, and never shows the token",
    async () => {
      using folder = temporaryFolder();
      const { code, out, err } = await vidrec(["doctor"], folder.path, {
        FLIC_TOKEN: "not-the-right-token",
        RESONANCE_ALGORITHM: "any",
        API_BASE_URL: standIn.url,
        TMPDIR: join(folder.path, "missing"),
        ENCODER_MODEL: ".",
      });
      expect(code).toBe(1);
      expect(out).toMatch(/^fail  tmpdir .*set TMPDIR to a folder/m);
      expect(out).toMatch(/^fail  upstream  users: .*check FLIC_TOKEN/m);
      expect(out).toMatch(/^ok +upstream  view answered/m);
      expect(out).toMatch(/^fail  encoder +ENCODER_MODEL=\.: the folder lacks config\.json/m);
      expect(out + err).not.toContain("not-the-right-token");
    },
    PATIENCE_MS,
  );
});
