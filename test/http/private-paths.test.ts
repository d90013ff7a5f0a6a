import { describe, expect, test } from "bun:test";
import { withoutPaths } from "../../src/http/private-paths.ts";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";

const CUT = [
  ["snapshot /srv/v/cache/snapshots/2026Z: bad sum", "snapshot 2026Z: bad sum"],
  ["cannot use /srv/store.db as the store (EACCES)", "cannot use store.db as the store (EACCES)"],
  ["ENOENT: no such file, open '/srv/my data/a b.db'", "ENOENT: no such file, open 'a b.db'"],
  ["cannot copy x.node to /nowhere: set TMPDIR", "cannot copy x.node to nowhere: set TMPDIR"],
  ["at file:///opt/vidrec/main.ts:3", "at main.ts:3"],
  ["module /$bunfs/root/vidrec is gone", "module vidrec is gone"],
  ["ENCODER_MODEL=/models/x/: no such folder", "ENCODER_MODEL=x: no such folder"],
  ["(/a/b), [/c/d], `/e/f`, ~/g/h", "(b), [d], `f`, h"],
] as const;

const KEPT = [
  "cache/demo/store.db is damaged",
  "https://api.example.com/users/get_all answered 500; see http://127.0.0.1:8000/docs",
  "8/12 posts and/or users, n/a",
  "no post yet: send some to POST /posts, or see GET /health/ready",
];

describe("of a path from the root only the last name is left:", () => {
  test.each(CUT)("%s", (text, expected) => expect(withoutPaths(text)).toBe(expected));
});

test.each(KEPT)("what is no such path stays: %s", (text) => expect(withoutPaths(text)).toBe(text));

test("ready tells no path, before the first snapshot and after it", async () => {
  const degraded = CUT.map(([text]) => text);
  const ready = await fakeService().readiness();
  for (const snapshot of [undefined, ready.snapshot]) {
    const readiness = async () => ({ ...ready, snapshot, degraded });
    const { get } = serving({ ...fakeService(), readiness });
    const body = (await (await get("/health/ready")).json()) as { degraded: string[] };
    expect(body.degraded).toEqual(CUT.map(([, expected]) => expected));
  }
});
