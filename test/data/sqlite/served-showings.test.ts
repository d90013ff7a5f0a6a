/** Showings in the served log: who was shown what is deleted once nothing can come of it. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { join } from "node:path";
import type { ServedLog, ServedPage } from "../../../src/data/served-log.ts";
import { openServedLog } from "../../../src/data/sqlite/open.ts";
import type { PostKey } from "../../../src/domain/ids.ts";
import { temporaryFolder } from "../../support/folder.ts";

const HOUR_MS = 3_600_000;
const page: ServedPage = {
  ...{ recommendationId: "r", atMs: 0, userId: "ada", list: "l", from: 0, snapshot: "s7" },
  ...{ policy: "feed", audience: "warm", match: [], fallback: [], slots: [] },
};

let folder: ReturnType<typeof temporaryFolder>;
let log: ServedLog;
beforeEach(() => {
  folder = temporaryFolder();
  log = openServedLog(join(folder.path, "served.db"), { kept: { days: 3, megabytes: 1 } });
});
afterEach(() => {
  log.close();
  folder[Symbol.dispose]();
});

/** Counts showings of a post to as many people. */
async function show(people: number, atMs: number): Promise<void> {
  const before = await log.exposures.ends();
  const shown = Array.from({ length: people }, (_, n) => ({
    ...{ userId: `${atMs} ${n}`, post: 7 as PostKey, atMs, isNew: true, isSampled: false },
  }));
  await log.exposures.add(before, { ...before, page: before.page + 1 }, shown, []);
}
/** Times of the showings, hours. */
function times(): number[] {
  using db = new Database(join(folder.path, "served.db"));
  const rows = db.query<{ atMs: number }, []>("SELECT DISTINCT at_ms AS atMs FROM shown").all();
  return rows.map((it) => it.atMs / HOUR_MS);
}

test("a step of counting deletes more of the showings older than a day than it adds", async () => {
  await show(1_200, 0);
  await show(700, 25 * HOUR_MS);
  expect(times()).toEqual([25]);
});

test("showings are deleted with pages of their age where nothing is counted any more", async () => {
  await show(100, 0);
  const showPage = async (atMs: number) => void (await log.claim({ ...page, atMs }, 0));
  await showPage(71 * HOUR_MS);
  expect(times()).toEqual([0]);
  await showPage(73 * HOUR_MS);
  expect(times()).toEqual([]);
});
