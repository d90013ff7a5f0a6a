/** `bun run quality` names missing data and exits 1. */
import { describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DATA_SETS, missingData } from "../../src/benchmarks/data-sets.ts";
import { temporaryFolder } from "../support/folder.ts";
import { pageAt } from "./pages.ts";

describe("where data are missing", () => {
  const benchmarks = Object.values(DATA_SETS).flatMap(({ files }) => files.flatMap((it) => it.of));

  test.each(benchmarks)("%s says which files, and where to get them", (name) => {
    const said = missingData("/no/such/folder", name)!;
    const files = Object.values(DATA_SETS).flatMap((it) => it.files);
    for (const file of files.find(({ of }) => of.includes(name))!.names)
      expect(said).toContain(file);
    expect(said).toContain("https://");
  });

  test("nothing is said of a benchmark whose files are there, or that is made up", async () => {
    using scratch = temporaryFolder();
    const folder = scratch.path;
    mkdirSync(join(folder, "amazon-magazine"));
    await Bun.write(join(folder, "amazon-magazine", "magazine.tsv"), "");
    expect(missingData(folder, "P7")).toBeUndefined();
    expect(missingData(folder, "sparse")).toBeUndefined();
  });

  test("quality exits with 1 and a sentence", async () => {
    const script = Bun.fileURLToPath(pageAt("test/quality.ts"));
    const run = Bun.spawn([process.execPath, script, "/no/such/folder", "P2"], { stdout: "pipe" });
    const said = await new Response(run.stdout).text();
    expect(await run.exited).toBe(1);
    expect(said).toContain(
      "P2 is not measured: /no/such/folder/ml-1m has no ml1m_sequences_by_time.tsv. Get MovieLens-1M",
    );
  });
});
