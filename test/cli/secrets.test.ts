/** Secrets that let vidrec into upstream: shown nowhere and stored nowhere. */
import { afterAll, expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { vidrec } from "../support/cli.ts";
import { plainDataset } from "../support/dataset.ts";
import type { Fault } from "../support/faults.ts";
import { temporaryFolder } from "../support/folder.ts";
import { serveSocialverse } from "../support/socialverse.ts";

const data = plainDataset({ users: 5, posts: 10 });
const standIn = serveSocialverse({ data, token: "HUNTER-T", resonance: "HUNTER-R" });
afterAll(standIn[Symbol.dispose]);
const env = {
  FLIC_TOKEN: "HUNTER-T",
  RESONANCE_ALGORITHM: "HUNTER-R",
  API_BASE_URL: standIn.url.replace("://", "://HUNTER-U:HUNTER-P@"),
};
const MINUTES = 300_000; // no test is to fail because a machine is slow

function bytesIn(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true }).map((it) => join(folder, String(it)));
  return Buffer.concat(files.filter((it) => statSync(it).isFile()).map((it) => readFileSync(it)));
}

const FAULTS: (Fault | undefined)[] = [
  undefined,
  { kind: "status", status: 401 },
  { kind: "json", body: { status: "success", posts: [{ id: "HUNTER-T" }], users: [{}] } },
];

test.each(FAULTS)(
  "in no line and no byte of a sync and a doctor: %o",
  async (fault) => {
    using folder = temporaryFolder();
    if (fault) standIn.fault(fault);
    const ran = [
      await vidrec(["sync"], folder.path, env),
      await vidrec(["doctor"], folder.path, env),
    ];
    standIn.heal();
    expect(ran[0]!.code).toBe(fault === undefined ? 0 : 1);
    const said = ran.map((it) => it.out + it.err).join("\n");
    expect(said).toContain(`FLIC_TOKEN is set: serving ${standIn.url}`);
    expect(said).not.toContain("HUNTER");
    expect(bytesIn(folder.path).includes("HUNTER")).toBeFalse();
  },
  MINUTES,
);

test(
  "another password is another day's password, not another upstream",
  async () => {
    using folder = temporaryFolder();
    expect((await vidrec(["sync"], folder.path, env)).code).toBe(0);
    const API_BASE_URL = standIn.url;
    const { code, out, err } = await vidrec(["sync"], folder.path, { ...env, API_BASE_URL });
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toContain("skipped");
  },
  MINUTES,
);
