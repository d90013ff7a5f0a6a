/** Sessions of apps over HTTP: two processes on one port, one of them killed, then both started again. */
import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { join, resolve } from "node:path";
import { between, pick, seededRandom } from "../../src/linalg/random.ts";
import { plainDataset } from "../support/dataset.ts";
import { leaveOut } from "../support/needs.ts";
import { fedBy, openYard, start } from "../support/program.ts";
import { serveSocialverse } from "../support/socialverse.ts";
import { writeTinyModel } from "../text/tiny-model.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const MAIN = resolve(import.meta.dir, "../../src/main.ts");
const [SESSIONS, LIMIT, POSTS] = [10, 10, 400];
const yard = openYard();
afterAll(() => yard[Symbol.dispose]());
const standIn = serveSocialverse({ data: plainDataset({ users: 20, posts: POSTS }) });
afterAll(() => standIn[Symbol.dispose]());

const absence = process.platform === "linux" ? undefined : "only Linux shares a port out";
const isLeftOut = leaveOut("the sessions of two processes", absence);

type Reply = {
  readonly recommendation_id: string;
  readonly items: readonly { readonly id: string; readonly position: number }[];
  readonly next: string | null;
  readonly meta: { readonly prefetch: { readonly posts: number }; readonly fallback: string[] };
};

/** Fallbacks of people of whom little is known. */
const UNRANKED = ["popular", "fresh"];

/** A person who scrolls wherever the service is. */
function openSession(n: number) {
  const random = seededRandom(n);
  const first = `/recommendations?user=user${n % 8}&session=s${n}&limit=${LIMIT}`;
  const shown = new Set<string>();
  let next = first;
  let pages = 0;
  return {
    shown,
    pages: () => pages,
    /** Pages until the service is away or `count` were shown. */
    scroll: async (url: URL, count: number) => {
      const ask = async (path: string): Promise<Reply> => {
        const reply = await fetch(new URL(path, url), { headers: { connection: "close" } });
        if (reply.status !== 200) throw new Error(`${reply.status}: ${await reply.text()}`);
        return (await reply.json()) as Reply;
      };
      const did = (post: string) =>
        fetch(new URL("/events", url), {
          method: "POST",
          headers: { "content-type": "application/json", connection: "close" },
          body: JSON.stringify({ user: `user${n % 8}`, post, kind: "view", session: `s${n}` }),
        });
      for (const until = pages + count; pages < until;) {
        const path = between(random, 1, 8) === 1 ? first : next;
        const reply = await ask(path);
        const ids = reply.items.map((it) => it.id);
        expect(ids.filter((id) => shown.has(id))).toEqual([]);
        expect([ids.length, reply.meta.prefetch.posts]).toEqual([LIMIT, LIMIT]);
        expect(reply.meta.fallback.filter((it) => !UNRANKED.includes(it))).toEqual([]);
        if (path !== first && between(random, 1, 3) === 1)
          expect(await ask(path)).toMatchObject({ recommendation_id: reply.recommendation_id, items: reply.items, next: reply.next }); // prettier-ignore
        for (const id of ids) shown.add(id);
        [next, pages] = [reply.next!, pages + 1];
        if (between(random, 1, 2) === 1) expect((await did(pick(random, ids))).status).toBe(202);
      }
    },
  };
}

test.skipIf(isLeftOut)(
  "a session has no post twice over two processes, a killed one and a restart of both",
  async () => {
    const tiny = await writeTinyModel(join(yard.root, "tiny"), 16);
    const { work, ...home } = yard.home("sessions");
    const settings = {
      ...{ ...fedBy(standIn), PORT: "0", WORKERS: "2" },
      ...{ ENCODER_MODEL: tiny, ENCODER_THREADS: "1" },
    };
    const serve = async () => {
      const service = start([process.execPath, MAIN, "serve"], { ...home, ...settings }, work);
      const url = new URL(/listening on (\S+)/.exec(await service.said(/Z listening on/))![1]!);
      const other = /process (\d+)/.exec(await service.said(/process \d+: serving snapshot/))![1]!;
      return { ...service, url, otherPid: Number(other) };
    };
    const service = await serve();
    await service.said(/Z learnt snapshot/); // then the process that learns serves it, too
    const sessions = Array.from({ length: SESSIONS }, (_, n) => openSession(n));
    const all = (url: URL, count: number) => Promise.all(sessions.map((it) => it.scroll(url, count))); // prettier-ignore
    await all(service.url, 5);
    process.kill(service.otherPid, "SIGKILL");
    await service.said(/worker 2: the process ended \(SIGKILL\)/);
    await all(service.url, 3);
    expect(await service.stop()).toBe(0);
    const again = await serve();
    await all(again.url, 5);
    expect(sessions.map((it) => [it.pages(), it.shown.size])).toEqual(Array(SESSIONS).fill([13, 13 * LIMIT])); // prettier-ignore
    expect(await again.stop()).toBe(0);
  },
);
