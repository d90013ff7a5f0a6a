/** The program where something is wrong: it says what, and what to do, or is not impressed. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../src/data/sqlite/open.ts";
import { plainDataset } from "../support/dataset.ts";
import { leaveOut } from "../support/needs.ts";
import {
  buildInto,
  contentsOf,
  fedBy,
  openYard,
  programAbsence,
  start,
  startServe,
  type Home,
  type Serving,
} from "../support/program.ts";
import { serveSocialverse } from "../support/socialverse.ts";

const MINUTES = 60_000;
const yard = openYard();
afterAll(() => yard[Symbol.dispose]());

let vidrec: string;
const standIn = () => serveSocialverse({ data: plainDataset({ users: 20, posts: 30 }) });
const NO_STORE = /cannot use cache\/demo\/store.db as the store .*set DATA_DIR/;

describe.skipIf(leaveOut("the tests of the program's surroundings", programAbsence))(
  "vidrec",
  () => {
    beforeAll(async () => void (vidrec = await buildInto(yard.root)), 5 * MINUTES);

    describe("ends with 1 and a line that says what to set, where", () => {
      test("it may not write", async () => {
        const home = yard.home("read-only");
        chmodSync(home.work, 0o555);
        await refuses(home, NO_STORE);
      });

      test("it may only read the store", async () => {
        const home = yard.home("frozen");
        openStore(join(home.work, "cache/demo/store.db")).close();
        chmodSync(join(home.work, "cache/demo"), 0o555);
        await refuses(home, NO_STORE);
      });

      test("a file is in the place of its folder", async () => {
        const home = yard.home("file");
        writeFileSync(join(home.work, "cache"), "");
        await refuses(home, NO_STORE);
      });

      test("its port is taken", async () => {
        using upstream = standIn();
        const home = yard.home("port");
        chmodSync(home.work, 0o777);
        const PORT = new URL(upstream.url).port;
        await refuses(home, /cannot listen on 127.0.0.1:\d+ .*set HOST and PORT/, { PORT });
      });
    });

    test(
      "where it may only read serves the last snapshot, and says that nothing is learnt",
      async () => {
        using upstream = standIn();
        const { home, expected } = await learntIn("only-read", upstream);
        for (const name of ["", ...contentsOf(home.work)]) {
          const path = join(home.work, name);
          chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444);
        }
        chmodSync(home.TMPDIR, 0o777);
        const service = await startServe(asSomebody(vidrec), home, fedBy(upstream));
        expect(await similar(service)).toEqual(expected);
        const feed = (await (await service.get("/feed?username=user7")).json()) as Feed;
        expect([feed.post.length, feed.meta.user.known]).toEqual([20, true]);
        await service.said(/lock.db cannot be locked .*nothing is synced or learnt/);
        const { degraded } = (await (await service.get("/health/ready")).json()) as Ready;
        expect(degraded.join()).toMatch(
          /cannot use store.db .*until then feeds come from what can be/,
        );
        expect(degraded.join()).not.toContain("/");
        chmodSync(home.work, 0o777);
        expect(await service.stop()).toBe(0);
      },
      5 * MINUTES,
    );

    test(
      "without a folder for temporary files, serves what it has and says what to set",
      async () => {
        using upstream = standIn();
        const { home, expected } = await learntIn("no-tmp", upstream);

        const service = await startServe(vidrec, { ...home, TMPDIR: "/nowhere" }, fedBy(upstream));
        await service.said(/encoder: .* cannot copy onnxruntime_binding.node .*set TMPDIR/);
        expect(await similar(service)).toEqual(expected);
        const { post } = (await (await service.get("/feed?username=user7")).json()) as Feed;
        expect(post).toHaveLength(20);
        const { degraded } = (await (await service.get("/health/ready")).json()) as Ready;
        expect(degraded.join()).toContain("set TMPDIR");
        expect(await service.stop()).toBe(0);
      },
      5 * MINUTES,
    );

    test(
      "asked to end in the middle of a sync, does so",
      async () => {
        using upstream = standIn();
        upstream.fault({ kind: "latency", ms: MINUTES, on: "view" });
        const home = yard.home("asked");
        const service = await startServe(vidrec, home, fedBy(upstream));
        while (upstream.count("view") === 0) await Bun.sleep(5);
        expect(await service.stop()).toBe(0);
        expect(contentsOf(home.TMPDIR)).toEqual([]);
      },
      5 * MINUTES,
    );

    test("is deaf to a stranger's bunfig.toml", async () => {
      const home = yard.home("hostile");
      const mark = join(home.work, "mark");
      writeFileSync(join(home.work, "bunfig.toml"), 'preload = ["./preload.ts"]\n');
      writeFileSync(join(home.work, "preload.ts"), `await Bun.write(${JSON.stringify(mark)}, "");`);
      const version = start([vidrec, "version"], { ...home }, home.work);
      expect([await version.exitCode, version.lines[0]]).toEqual([
        0,
        expect.stringMatching(/^vidrec /),
      ]);
      expect(contentsOf(home.work)).toEqual(["bunfig.toml", "preload.ts"]);
    });
  },
);

type Feed = { post: unknown[]; meta: { user: { known: boolean } } };
type Ready = { degraded: string[] };

/** A home whose program has learnt and ended, and the posts like post 7. */
async function learntIn(name: string, upstream: { readonly url: string }) {
  const home = yard.home(name);
  const before = await startServe(vidrec, home, fedBy(upstream));
  await before.said(/learnt snapshot .* 30 of them understood by their text/);
  const expected = await similar(before);
  expect(await before.stop()).toBe(0);
  return { home, expected };
}

/** The posts like post 7, by what it says. */
async function similar({ get }: Serving): Promise<unknown> {
  const response = await get("/posts/7/similar");
  expect(response.status).toBe(200);
  return response.json();
}

/** A command of somebody without rights to what others own. */
function asSomebody(...cmd: string[]): string[] {
  const somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  return [...(process.getuid?.() === 0 ? somebody : []), ...cmd];
}

/** Started by somebody without rights to its folder, it ends with 1 and one line about it. */
async function refuses(home: Home, why: RegExp, settings: Record<string, string> = {}) {
  const { work, ...folders } = home;
  const started = start(asSomebody(vidrec, "serve"), { ...folders, PORT: "0", ...settings }, work);
  expect(await started.exitCode).toBe(1);
  expect(started.lines.at(-1)).toMatch(why);
  expect(started.lines.filter((it) => /^ +at /.test(it))).toEqual([]);
}
