import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PLANTED, PLANTED_LATITUDE, trapDataset } from "../../support/dataset.ts";
import { socialverse } from "../../support/socialverse.ts";
import { noon, syncing } from "../../support/upstream.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "vidrec-personal-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** The bytes of the database and of whatever SQLite keeps beside it. */
function bytesOf(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}

test("no personal value reaches the disk but those that recommending needs", async () => {
  {
    const standIn = socialverse({ data: trapDataset() });
    using it = syncing(standIn, join(FOLDER, "store.db"));
    expect((await it.sync(noon(1))).isComplete).toBeTrue();
    expect((await it.sync(noon(2), true)).isComplete).toBeTrue();
    expectClean(bytesOf(FOLDER)); // the write-ahead log, while it is open
  }
  expectClean(bytesOf(FOLDER));
});

function expectClean(bytes: Buffer): void {
  expect(bytes.includes("Morning runs and tea")).toBeTrue(); // the search does find what is stored
  expect(bytes.includes(PLANTED)).toBeFalse();
  expect(bytes.includes(PLANTED, 0, "utf16le")).toBeFalse();
  expect(bytes.includes(String(PLANTED_LATITUDE))).toBeFalse();
  const asReal = Buffer.alloc(8);
  asReal.writeDoubleBE(PLANTED_LATITUDE);
  expect(bytes.includes(asReal)).toBeFalse();
}
