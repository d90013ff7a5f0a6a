/** `WORKERS=n`: several processes answer on one port, come back when they die, and end together. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join, resolve } from "node:path";
import { writeTinyModel } from "../text/tiny-model.ts";
import { plainDataset } from "../support/dataset.ts";
import { leaveOut } from "../support/needs.ts";
import { buildInto, fedBy, openYard, programAbsence, start, until } from "../support/program.ts";
import { serveSocialverse } from "../support/socialverse.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const MAIN = resolve(import.meta.dir, "../../src/main.ts");
/** Longer than a process may be silent. */
const STOPPED_MS = 10_000;
const yard = openYard();
afterAll(() => yard[Symbol.dispose]());
const standIn = serveSocialverse({ data: plainDataset({ users: 20, posts: 30 }) });
afterAll(() => standIn[Symbol.dispose]());
let tiny: string;
beforeAll(async () => void (tiny = await writeTinyModel(join(yard.root, "tiny"), 16)));

const absence = process.platform === "linux" ? undefined : "only Linux shares a port out";

describe.each([
  ["from the sources", async () => [process.execPath, MAIN], absence],
  ["as one file", async () => [await buildInto(yard.root)], absence ?? programAbsence],
] as const)("two processes %s", (name, commandOf, missing) => {
  const isLeftOut = leaveOut(`the tests of WORKERS ${name}`, missing);
  let command: string[];
  beforeAll(async () => void (isLeftOut || (command = await commandOf())));
  let homes = 0;

  /** Two processes in a home of their own: what one test learns, another does not find. */
  async function serve() {
    const { work, ...home } = yard.home(`${name.replaceAll(" ", "-")}-${++homes}`);
    const settings = {
      ...{ ...fedBy(standIn), PORT: "0", WORKERS: "2" },
      ...{ ENCODER_MODEL: tiny, ENCODER_THREADS: "1" },
    };
    const first = start([...command, "serve"], { ...home, ...settings }, work);
    const url = new URL(/listening on (\S+)/.exec(await first.said(/Z listening on/))![1]!);
    const lineOfOther = await first.said(/process \d+: listening on/);
    const pid = Number(/process (\d+)/.exec(lineOfOther)![1]);
    return { ...first, url, home, work, otherPid: pid };
  }
  type Serving = Awaited<ReturnType<typeof serve>>;

  /** Asks until both processes have answered; what was answered. */
  async function askBoth({ url, lines }: Serving, path: string): Promise<string[]> {
    const from = lines.length;
    const answers: string[] = [];
    const hasSaid = (words: RegExp) => lines.slice(from).some((it) => words.test(it));
    await until(async () => {
      const response = await fetch(new URL(path, url), { headers: { connection: "close" } });
      answers.push(await response.text());
      return (hasSaid(/Z GET/) && hasSaid(/process \d+: GET/)) || undefined;
    });
    return answers;
  }

  test.skipIf(isLeftOut)("give the same feed, and share their port with no stranger", async () => {
    const serving = await serve();
    const learnt = await serving.said(/learnt snapshot .* 30 of them understood by their text/);
    await serving.said(RegExp(`process \\d+: serving ${/snapshot \S+/.exec(learnt)![0]}`));
    const feeds = await askBoth(serving, "/feed?username=user7&page_size=100");
    const withoutId = feeds.map((it) => it.replace(/"recommendation_id":"[^"]+"/, ""));
    expect(new Set(withoutId).size).toBe(1);
    expect(feeds[0]).toContain('"known":true');
    const { home, work } = serving;
    for (const WORKERS of ["1", "2"]) {
      const settings = { PORT: serving.url.port, WORKERS, DATA_DIR: "elsewhere" };
      const stranger = start([...command, "serve"], { ...home, ...settings }, work);
      expect(await stranger.exitCode).toBe(1);
      expect(stranger.lines.join("\n")).toContain("set HOST and PORT to a free address");
    }
    expect(await serving.stop()).toBe(0);
    expect(isAlive(serving.otherPid)).toBeFalse();
  });

  test.skipIf(isLeftOut)("both take events, and know at once what the other was told", async () => {
    const serving = await serve();
    const learnt = await serving.said(/learnt snapshot .* 30 of them understood by their text/);
    await serving.said(RegExp(`process \\d+: serving ${/snapshot \S+/.exec(learnt)![0]}`));
    const { url, lines } = serving;
    const close = { connection: "close" };
    const post = (id: string) => {
      const body = { events: [{ user: id, post: "7", kind: "like" }] };
      const headers = { ...close, "content-type": "application/json" };
      return fetch(new URL("/events", url), {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
    };
    const likes = async (id: string) => {
      const response = await fetch(new URL(`/feed?username=${id}&page_size=100`, url), { headers: close }); // prettier-ignore
      const { post, meta } = (await response.json()) as { post: { id: number; upvoted: boolean }[]; meta: { user: { id: string; known: boolean } } }; // prettier-ignore
      return { ...meta.user, likes: post.filter((it) => it.upvoted).map((it) => it.id) };
    };
    const have = (words: RegExp) => lines.some((it) => words.test(it));
    const bothHave = () => [/Z POST/, /process \d+: POST/, /Z GET/, /process \d+: GET/].every(have);
    for (let n = 0; n < 20 || !bothHave(); n++) {
      const ids = [1, 2, 3, 4, 5].map((it) => `new ${n} ${it}`);
      for (const { status } of await Promise.all(ids.map(post))) expect(status).toBe(202);
      for (const id of ids)
        for (const it of await Promise.all([likes(id), likes(id)]))
          expect(it).toEqual({ id, known: true, likes: [7] });
    }
    expect(await serving.stop()).toBe(0);
  });

  test.skipIf(isLeftOut)(
    "are two again after one was killed, and none after the first",
    async () => {
      const serving = await serve();
      process.kill(serving.otherPid, "SIGKILL");
      await serving.said(/worker 2: the process ended \(SIGKILL\) \(again in 1 s\)/);
      const lineOfNext = await serving.said(
        RegExp(`process (?!${serving.otherPid}:)\\d+: listening`),
      );
      const nextPid = Number(/process (\d+)/.exec(lineOfNext)![1]);
      expect(new Set(await askBoth(serving, "/health"))).toEqual(new Set(['{"status":"alive"}']));
      serving.signal("SIGKILL");
      await until(async () => (isAlive(nextPid) ? undefined : true));
      expect(await serving.exitCode).toBe(137);
      expect(serving.lines.at(-1)).toContain("stopping");
    },
  );
  test.skipIf(isLeftOut)("are two again after one was stopped", async () => {
    const serving = await serve();
    process.kill(serving.otherPid, "SIGSTOP");
    await serving.said(/worker 2: the process did not answer for 7 s \(again in 1 s\)/);
    await serving.said(RegExp(`process (?!${serving.otherPid}:)\\d+: listening`));
    expect(isAlive(serving.otherPid)).toBeFalse();
    expect(new Set(await askBoth(serving, "/health"))).toEqual(new Set(['{"status":"alive"}']));
    expect(await serving.stop()).toBe(0);
  });

  test.skipIf(isLeftOut)(
    "are the same two after both were stopped, as a machine is that sleeps",
    async () => {
      const serving = await serve();
      const both = [serving.pid, serving.otherPid];
      for (const pid of both) process.kill(pid, "SIGSTOP");
      await Bun.sleep(STOPPED_MS);
      for (const pid of both) process.kill(pid, "SIGCONT");
      await askBoth(serving, "/health");
      expect(isAlive(serving.otherPid)).toBeTrue();
      expect(serving.lines.join("\n")).not.toContain("did not answer");
      expect(await serving.stop()).toBe(0);
    },
  );
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
