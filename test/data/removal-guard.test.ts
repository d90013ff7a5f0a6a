/** The removal guard at its limits. Whole syncs under it are in `test/ingest/socialverse/`. */
import { expect, test } from "bun:test";
import { judge } from "../../src/data/removal-guard.ts";
import type { Endpoint } from "../../src/data/scans.ts";

const BEFORE = { id: 8, status: "complete", rows: 25 } as const;

/** Status of a scan after which `missing` of `live` rows are missing. */
function statusOf(live: number, missing: number, endpoint: Endpoint = "posts"): string {
  const misses = () => ({ live, missing });
  const scan = { scan: 9, fetchedRows: live - missing, before: [BEFORE], emptyDays: 0 };
  return judge({ endpoint, ...scan, misses, acceptRemovals: false }).status;
}

test("a scan that misses a fifth of 25 rows is believed, and one that misses more is not", () => {
  expect([statusOf(25, 5), statusOf(25, 6)]).toEqual(["complete", "refused"]);
});

test("of fewer rows than 25, and of views, which upstream forgets, any number may be missing", () => {
  expect([statusOf(24, 20), statusOf(1_000, 900, "view")]).toEqual(["complete", "complete"]);
});
