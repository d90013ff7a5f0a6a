/** Keys of a running service: made and revoked beside it, counting at once in each of its processes, and left nowhere. */
import { Database } from "bun:sqlite";
import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { copyFileSync, readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { hashOf } from "../../src/domain/api-key.ts";
import { vidrec } from "../support/cli.ts";
import { plainDataset } from "../support/dataset.ts";
import { leaveOut } from "../support/needs.ts";
import { fedBy, openYard, start, until } from "../support/program.ts";
import { serveSocialverse } from "../support/socialverse.ts";
import { writeTinyModel } from "../text/tiny-model.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const MAIN = resolve(import.meta.dir, "../../src/main.ts");
const yard = openYard();
afterAll(() => yard[Symbol.dispose]());
const standIn = serveSocialverse({ data: plainDataset({ users: 20, posts: 30 }) });
afterAll(() => standIn[Symbol.dispose]());

const isLeftOut = leaveOut(
  "the test of keys in two processes",
  process.platform === "linux" ? undefined : "only Linux shares a port out",
);

/** Two processes on a port, which other machines can reach. */
async function serve() {
  const { work, ...home } = yard.home("service");
  const settings = {
    ...{ ...fedBy(standIn), PORT: "0", WORKERS: "2", HOST: "0.0.0.0", RATE_LIMIT: "1000000" },
    ...{ ENCODER_MODEL: await writeTinyModel(join(yard.root, "tiny"), 16), ENCODER_THREADS: "1" },
  };
  const first = start([process.execPath, MAIN, "serve"], { ...home, ...settings }, work);
  const port = /listening on \S+:(\d+)/.exec(await first.said(/Z listening on/))![1]!;
  const ask = (path: string, headers = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close", ...headers } }); // prettier-ignore
  const ofOther = /process \d+: listening/;
  await first.said(ofOther);
  /** The statuses of enough requests that both processes have answered some. */
  const statuses = async (headers = {}) => {
    const [from, found] = [first.lines.length, new Set<number>()];
    const hasSaid = (words: RegExp) => first.lines.slice(from).some((it) => words.test(it));
    await until(async () => {
      found.add((await ask("/moods", headers)).status);
      return (hasSaid(/Z GET/) && hasSaid(/process \d+: GET/)) || undefined;
    });
    return [...found];
  };
  const keys = (words: string) => vidrec(["keys", ...words.split(" ")], work, settings);
  /** The status of an event that is sent. */
  const send = async (headers = {}) => {
    const body = JSON.stringify({ user: "user7", post: "1", kind: "like" });
    const sent = { "content-type": "application/json", ...headers };
    const url = `http://127.0.0.1:${port}/events`;
    return (await fetch(url, { method: "POST", headers: sent, body })).status;
  };
  return { ...first, ask, send, statuses, keys, folder: join(work, "cache") };
}

function filesWith(folder: string, text: string): string[] {
  const files = readdirSync(folder, { recursive: true }).map(String);
  return files.filter((it) => {
    const path = join(folder, it);
    return statSync(path).isFile() && readFileSync(path).includes(text);
  });
}

function runIn(path: string, sql: string): void {
  using db = new Database(path);
  db.run(sql);
}

test.skipIf(isLeftOut)("keys count from the next request on, and are left nowhere", async () => {
  const service = await serve();
  const { ask, send, statuses, keys, folder } = service;
  await service.said(/HOST=0\.0\.0\.0: without a key.*`vidrec keys add --scope write --name app`/);
  await service.said(/learnt snapshot/);
  expect(await statuses()).toEqual([200]);
  expect(await send()).toBe(403);

  const made = await keys("add --scope read --name page");
  expect([made.code, made.out.trim()]).toEqual([0, expect.stringMatching(/^vr_[\w-]{43}$/)]);
  const key = made.out.trim();
  const headers = { authorization: `Bearer ${key}` };
  expect(await statuses()).toEqual([401]);
  expect(await statuses(headers)).toEqual([200]);
  expect(await statuses({ "x-api-key": key })).toEqual([200]);
  expect([await send(), await send(headers)]).toEqual([401, 403]);
  const app = (await keys("add --scope write --name app")).out.trim();
  expect(await send({ "x-api-key": app })).toBe(202);
  expect((await keys("revoke app")).out).toBe("app is revoked\n");
  expect(await send({ "x-api-key": app })).toBe(401);
  const again = await keys("add --scope admin --name page");
  expect([again.code, again.out]).toEqual([1, ""]);
  expect(again.err).toContain("there is a key page already");
  const listed = await keys("list");
  expect(listed.out).toMatch(/^name +scope +created\npage +read +\d{4}-\d\d-\d\dT\S+Z\n$/);

  const seen = [made.err, again.err, listed.out, listed.err];
  const paths = [
    "/metrics",
    "/openapi.json",
    "/health/ready",
    "/feed?username=user7",
    "/feed",
    "/",
  ];
  for (const path of paths) seen.push(await (await ask(path, headers)).text());
  for (const wrong of [`${key}x`, key.slice(1)])
    seen.push(await (await ask("/moods", { "x-api-key": wrong })).text());
  expect(await statuses({ "x-api-key": `${key}x` })).toEqual([401]);
  const hash = hashOf(key);
  expect(filesWith(folder, key)).toEqual([]);
  expect(filesWith(folder, hash)).toContain("store.db-wal");
  expect(filesWith(folder, hash).filter((it) => !/^store\.db(-wal)?$/.test(it))).toEqual([]);

  // A copy of the store with another key takes its place.
  const copy = join(folder, "store.db.copy");
  runIn(join(folder, "store.db"), "PRAGMA wal_checkpoint(TRUNCATE)");
  copyFileSync(join(folder, "store.db"), copy);
  runIn(copy, `UPDATE api_key SET hash = '${hashOf("another")}'`);
  const places = (end: string) =>
    [join(folder, `store.db${end}`), join(folder, `old.db${end}`)] as const;
  for (const end of ["", "-wal", "-shm"]) renameSync(...places(end));
  renameSync(copy, join(folder, "store.db"));
  await service.said(/Z \S+store\.db is opened anew/);
  await service.said(/process \d+: \S+store\.db is opened anew/);
  expect(await statuses(headers)).toEqual([401]);
  expect(await statuses({ "x-api-key": "another" })).toEqual([200]);

  expect((await keys("revoke page")).err).toContain("it was the last one");
  expect(await statuses()).toEqual([200]);
  const nobody = await keys("revoke page");
  expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining("has no key page")]);
  expect(await service.stop()).toBe(0);
  const said = [...seen, ...service.lines].join("\n");
  expect(said).toMatch(/\d+ requests? with(?:out a| an unknown) key/);
  for (const secret of [key.slice(3), key.slice(0, -1), app, hash, hashOf("another")])
    expect(said).not.toContain(secret);
  expect(filesWith(folder, hashOf("another"))).toEqual([]);
});
