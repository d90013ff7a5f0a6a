/** Files that can't be read, and a file whose reading stops. */
import { describe, expect, test } from "bun:test";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { FileError } from "../../../src/ingest/files/contract.ts";
import { openRows } from "../../../src/ingest/files/open.ts";
import { until } from "../../support/program.ts";
import { NDJSON, reading } from "./reading.ts";

const { failure, fileOf, folder } = reading();

describe("a file that can't be read says why:", () => {
  test.each([
    ["a workbook or an archive", "PK\x03\x04\x00", "is no text: save it as CSV"],
    ["not text", Buffer.from("id,t\xeftre\n1,x\n", "latin1"), "is no UTF-8 text"],
    ["JSON that is not text", Buffer.from('[{"id":"\xef"}]', "latin1"), "is no UTF-8 text"],
    ["broken gzip", gzipSync(NDJSON).subarray(0, 30), "can't be unzipped"],
    ["broken Parquet", "PAR1nothing", "can't be read"],
    ["JSON that ends early", '[{"id":1},{"id"', "is no JSON after row 1"],
    ["JSON without rows", '{"posts":\n{"id":1}}', "holds no rows"],
  ] as const)("%s", async (_, content, words) => {
    expect(await failure(content)).toContain(words);
  });

  test("one that is missing, and a folder", async () => {
    for (const [path, words] of [
      ["nowhere.csv", "nowhere.csv can't be read"],
      [folder.path, "is a folder"],
    ] as const) {
      const cause = await openRows(path).catch((it: unknown) => it);
      expect(cause).toBeInstanceOf(FileError);
      expect((cause as Error).message).toContain(words);
    }
    const parquet = openRows("-", {}, Readable.from([Buffer.from("PAR1")]));
    expect(await parquet.catch((it: Error) => it.message)).toContain("name the file");
  });
});

test("a file is closed where reading stops", async () => {
  const path = fileOf(NDJSON.repeat(50_000), "long");
  const open = () =>
    [...new Bun.Glob("*").scanSync({ cwd: "/proc/self/fd", onlyFiles: false })].length;
  if (process.platform !== "linux") return;
  const before = open();
  const parquet = fileOf(`PAR1${"x".repeat(500_000)}`, "parquet");
  for (let n = 0; n < 20; n++) {
    for await (const _ of (await openRows(path)).rows) break;
    await openRows(parquet);
  }
  await until(async () => open() - before < 10 || undefined);
});
