/** The buffer of the served log while its file is locked: what waits is bounded, and writing goes on afterwards. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { join } from "node:path";
import type { ServedLog, ServedPage } from "../../../src/data/served-log.ts";
import { openServedLog } from "../../../src/data/sqlite/open.ts";
import { temporaryFolder } from "../../support/folder.ts";

const page: ServedPage = {
  ...{ recommendationId: "r", atMs: 1_000, userId: "ada", session: "s", list: "l", from: 0 },
  ...{ snapshot: "s7", policy: "feed", audience: "warm", match: [], fallback: [], slots: [] },
};

let folder: ReturnType<typeof temporaryFolder>;
let log: ServedLog;
let writer: Database;
let faults: unknown[];
let onFault: (cause: unknown) => void;
beforeEach(() => {
  folder = temporaryFolder();
  faults = [];
  onFault = (cause) => void (cause !== undefined && faults.push(cause));
  log = openServedLog(join(folder.path, "served.db"), { onFault: (cause) => onFault(cause) });
  writer = new Database(join(folder.path, "served.db"));
  writer.run("BEGIN IMMEDIATE");
});
afterEach(() => {
  log.close();
  writer.close();
  folder[Symbol.dispose]();
});
const logged = async () => (await Array.fromAsync(log.pages())).flat().length;

test("while the file is locked, all that waits fails with the first batch; later pages are written", async () => {
  for (let n = 0; n < 2_500; n++) log.append(page);
  const claimed = log.claim(page, 0);
  expect(await claimed.catch(({ code }: { code: string }) => code)).toBe("SQLITE_BUSY");
  await log.flush();
  expect(faults).toHaveLength(1);
  writer.run("ROLLBACK");
  expect(await log.claim(page, 0)).toBe(1);
  expect(await logged()).toBe(1);
});

test("whoever is told of a fault and fails over it does not stop the log", async () => {
  onFault = () => {
    throw new Error("nobody listens");
  };
  log.append(page);
  expect(await log.flush().catch(String)).toContain("nobody listens");
  writer.run("ROLLBACK");
  onFault = () => {};
  log.append(page);
  await log.flush();
  expect(await logged()).toBe(1);
});
