/** The terminal under a progress bar, and its state after whatever ends the program. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { COMMANDS } from "../../src/cli/program.ts";
import { vidrec } from "../support/cli.ts";
import { plainDataset } from "../support/dataset.ts";
import { temporaryFolder } from "../support/folder.ts";
import { fedBy } from "../support/program.ts";
import { serveSocialverse } from "../support/socialverse.ts";
import { seat } from "../support/terminal.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const MAIN = join(import.meta.dir, "../../src/main.ts");
const CTRL_C = "\x03";
/** They end in an instant, or show nothing but their result. */
const WITHOUT_BARS = [
  "feed",
  "why",
  "store",
  "keys",
  "import",
  "export",
  "doctor",
  "openapi",
  "licenses",
  "stats",
  "version",
];
const BAR = /[-=]{40} \d+\/\d+/;

const synced = temporaryFolder();
const data = plainDataset({ users: 60, posts: 120 });
const standIn = serveSocialverse({ data });
/** It never sends the last list: a sync from it has a bar until it is ended. */
const endless = serveSocialverse({ data });
endless.fault({ kind: "latency", ms: 3_600_000, on: "rating" });
const settings = { ...fedBy(standIn), PORT: "0" };
const syncing = { ...fedBy(endless), PORT: "0" };
beforeAll(async () => void (await vidrec(["sync"], synced.path, settings)));
afterAll(() => {
  for (const it of [standIn, endless]) it[Symbol.dispose]();
  synced[Symbol.dispose]();
});

/** Modes that are on until they are switched off again: a hidden cursor, no line wrapping, colours. */
const MODES = /\x1b\[(?:\?[\d;]*[hl]|[\d;]*m)|\x1b7/;

/** The line that the cursor is in when all that was sent has been obeyed, as far as we send it. */
function cursorLine(sent: string): string {
  return sent.replace(/^[^]*(?:\n|\x1b\[J)/, "");
}

const withBars = COMMANDS.map(({ name }) => name).filter((it) => !WITHOUT_BARS.includes(it));

test.each([
  ...withBars.map((command) => [command, "Ctrl-C", command === "serve" ? 0 : 130] as const),
  ["sync", "SIGTERM", 143] as const,
  ["sync", "SIGKILL", 137] as const,
])(
  "%s during a bar, ended by %s, leaves its terminal as it was",
  async (command, how, expected) => {
    using folder = temporaryFolder();
    const isSync = command === "serve" || command === "sync";
    const [cwd, from] = isSync ? [folder.path, syncing] : [synced.path, settings];
    await using seated = seat([process.execPath, MAIN, command], cwd, from);
    await seated.until(BAR);
    if (how === "Ctrl-C") seated.press(CTRL_C);
    else seated.signal(how);
    expect(await seated.code).toBe(expected);
    expect(seated.shown()).not.toMatch(MODES);
    expect(cursorLine(seated.shown())).toBeOneOf(["", "^C"]);
  },
);

test("a second Ctrl-C ends a service that does not get to its end", async () => {
  using folder = temporaryFolder();
  await using seated = seat([process.execPath, MAIN, "serve"], folder.path, syncing);
  await seated.until(BAR);
  seated.press(CTRL_C);
  await seated.until(/stopping/);
  seated.press(CTRL_C);
  expect(await seated.code).toBeOneOf([0, 130]);
});

test("a Ctrl-C that npx hands on once more lets a service end in good order", async () => {
  using folder = temporaryFolder();
  await using seated = seat([process.execPath, MAIN, "serve"], folder.path, syncing);
  await seated.until(BAR);
  seated.press(CTRL_C);
  seated.signal("SIGINT"); // at once, as npx does
  expect(await seated.code).toBe(0);
  expect(seated.shown()).toContain("stopping");
});

test.each([40, 80, 200])("a bar and a table fit %d columns", async (columns) => {
  const script = join(import.meta.dir, "show-table.ts");
  const cmd = [process.execPath, script];
  await using seated = seat(cmd, synced.path, {}, columns);
  expect(await seated.code).toBe(0);
  const lines = Bun.stripANSI(seated.shown()).split(/\r?\n/);
  expect(lines.some((it) => it.includes("recall@20"))).toBe(true);
  expect(Math.max(...lines.map((it) => Bun.stringWidth(it)))).toBeLessThanOrEqual(columns);
});

test.each([60, 80])(
  "the commands and settings that --help lists fit %d columns",
  async (columns) => {
    const cmd = [process.execPath, MAIN, "--help"];
    await using seated = seat(cmd, synced.path, {}, columns);
    expect(await seated.code).toBe(0);
    const lines = seated.shown().split(/\r?\n/);
    for (const name of ["serve", "licenses", "FLIC_TOKEN", "SYNC_MAX_ROWS"])
      expect(lines.filter((it) => it.startsWith(`  ${name} `))).toHaveLength(1);
    expect(Math.max(...lines.map((it) => it.length))).toBeLessThanOrEqual(columns);
  },
);
