import { describe, expect, test } from "bun:test";
import { closeSync, constants, copyFileSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pTimeout from "p-timeout";
import { addDotenv, mistakesIn, parseDotenv } from "../../src/config/dotenv.ts";
import { vidrec } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { openYard, startServe } from "../support/program.ts";

describe("a line of .env", () => {
  test.each([
    ["A=ab$cd#ef", "ab$cd#ef"],
    ["A='ab$cd#ef'", "ab$cd#ef"],
    ['A="ab${HOME}#e f"', "ab${HOME}#e f"],
    ["A=`a'b\"c`", "a'b\"c"],
    ["A=a\\$b\\n", "a\\$b\\n"],
    ['A="a\\"b" # said', 'a\\"b'],
    ["A=it's", "it's"],
    ["A='a # b' # said", "a # b"],
    ["A=a b # said", "a b"],
    ["A=a==", "a=="],
    ["  export  A =  a  ", "a"],
    ["\uFEFFA=a", "a"],
    ["A=a\r", "a"],
    ["A=1\nA=2", "2"],
    ["A=", ""],
    ["A= # nothing", ""],
    ["A='unclosed", "'unclosed"],
  ])("%p is read as written", (text, value) => {
    expect([...parseDotenv(text)]).toEqual([["A", value]]);
  });

  test.each(["# A=1", "", "A", "1A=2", "A B=1"])("%p sets nothing", (text) => {
    expect(parseDotenv(text).size).toBe(0);
  });
});

describe("a mistake in .env", () => {
  test.each([
    ["PORT 8000", ["line 1 is not NAME=value, and is ignored"]],
    ["# WORKER=1\n\nWORKER=3", ["line 3: WORKER is no setting: did you mean WORKERS?"]],
    ["DATADIR=x", ["line 1: DATADIR is no setting: did you mean DATA_DIR?"]],
    ["port=1\nPROT=2", ["line 1: port is no setting: did you mean PORT?"]],
    [
      "FLIC_TOKEN='s3cret",
      ["line 1: the quotes of FLIC_TOKEN do not end, and are taken for part of the value"],
    ],
    ["\uFEFFPORT=1\nHOST=it's\nHOME=a\nPATH=b\nNODE_ENV=c\nexport SEED='1' # one\n", []],
  ])("%p is told as %p", (text, told) => {
    expect(mistakesIn(text)).toEqual(told);
  });
});

describe("the file", () => {
  test("yields to the environment of the process, not to Bun's reading of .env", () => {
    using folder = temporaryFolder();
    const path = join(folder.path, ".env");
    writeFileSync(path, "A='a$b'\nB=b\n");
    const started = (name: string) => (name === "B" ? "given" : undefined);
    expect(addDotenv({ A: "a", B: "given", C: "c" }, path, console.log, started)).toEqual({
      A: "a$b",
      B: "given",
      C: "c",
    });
  });

  test("need not be there, and may be a folder", () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, "folder"));
    for (const name of ["none", "folder"])
      expect(addDotenv({ A: "a" }, join(folder.path, name), console.log)).toEqual({ A: "a" });
  });
});

test("from its sources the program takes .env as written, less what its environment says", async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, ".env"), "PORT='1$PORT'\nSEED='3$SEED'\n");
  const { code, err } = await vidrec(["doctor"], folder.path, { SEED: "$5" });
  expect(code).toBe(2);
  expect(err).toContain('PORT="1$PORT"');
  expect(err).toContain('SEED="$5"');
});

test("the program warns of a mistake in .env, and goes on", async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, ".env"), "WORKER=3\n");
  const { code, err } = await vidrec(["store"], folder.path);
  expect(err).toContain(".env, line 1: WORKER is no setting: did you mean WORKERS?");
  expect([code, err]).toEqual([1, expect.stringContaining("run `vidrec sync` first")]);
});

test("a misspelt setting of the environment is told, and other variables are not", () => {
  using folder = temporaryFolder();
  const said: string[] = [];
  const env = { WORKER: "3", HOME: "/root", HOSTNAME: "h", PORT: "1", POSIX: "x", USER: "u" };
  addDotenv(env, join(folder.path, "none"), (it) => void said.push(it));
  expect(said).toEqual(["WORKER in the environment is no setting: did you mean WORKERS?"]);
});

test("in a clone no other file of settings is read", async () => {
  using folder = temporaryFolder();
  copyFileSync(join(import.meta.dir, "../../bunfig.toml"), join(folder.path, "bunfig.toml"));
  for (const name of [".env.local", ".env.development", ".env.production", ".env.test"])
    writeFileSync(join(folder.path, name), "PORT=other\n");
  writeFileSync(join(folder.path, ".env"), "SEED='3$SEED'\n");
  const { code, err } = await vidrec(["doctor"], folder.path);
  expect(code).toBe(2);
  expect(err).toContain('SEED="3$SEED"');
  expect(err).not.toContain("PORT");
});

test("a program that waits for its .env ends on a signal", async () => {
  using folder = temporaryFolder();
  copyFileSync(join(import.meta.dir, "../../bunfig.toml"), join(folder.path, "bunfig.toml"));
  const path = join(folder.path, ".env");
  Bun.spawnSync(["mkfifo", path]);
  const waiting = Bun.spawn([process.execPath, MAIN, "store"], { cwd: folder.path });
  const writer = await openForWriting(path);
  waiting.kill("SIGTERM");
  const code = await pTimeout(waiting.exited, { milliseconds: 60_000, message: false });
  waiting.kill("SIGKILL");
  closeSync(writer);
  expect(code).toBe(143);
});

/** Opens a pipe as soon as somebody reads it. */
async function openForWriting(path: string): Promise<number> {
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      await Bun.sleep(10);
    }
  }
}

test("the further processes that WORKERS starts read the same", async () => {
  using yard = openYard();
  const home = yard.home("workers");
  const upstream = "RESONANCE_ALGORITHM=x\nAPI_BASE_URL=http://127.0.0.1:9\n";
  writeFileSync(join(home.work, ".env"), `FLIC_TOKEN='$token'\nWORKERS=2\n${upstream}`);
  const service = await startServe([process.execPath, MAIN], home);
  await service.said(/process \d+: listening/);
  const hidden = Array.from({ length: 30 }, async () => {
    const reply = await service.get("/health/ready", { keepalive: false });
    return ((await reply.json()) as { demo: boolean }).demo;
  });
  expect(new Set(await Promise.all(hidden))).toEqual(new Set([false]));
  expect(await service.stop()).toBe(0);
});

const MAIN = join(import.meta.dir, "../../src/main.ts");
