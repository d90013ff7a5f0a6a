/** A catalogue without upstream: which one is served, empty and with posts. */
import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathsOf } from "../../src/app/paths.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { toPost } from "../../src/ingest/rows/to-domain.ts";
import { ask } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { until } from "../support/program.ts";
import { run as vidrecHere } from "../support/run.ts";
import { appsOfEachTest } from "./apps.ts";
import { pushPosts } from "../support/changes.ts";

const { run, stopAll, folder } = appsOfEachTest();
const OWN = { CATALOGUE: "own", FLIC_TOKEN: "" };

test("the catalogue is the one that CATALOGUE names, else Socialverse's, an own one or the demo", () => {
  using place = temporaryFolder();
  const DATA_DIR = place.path;
  const token = { FLIC_TOKEN: "x", RESONANCE_ALGORITHM: "y" };
  const at = (env: Record<string, string>) => {
    const { catalogue, folder, upstream, why } = pathsOf(parseConfig({ DATA_DIR, ...env }));
    return [catalogue, folder.slice(DATA_DIR.length), upstream.kind, why.split(":")[0]];
  };
  expect(at({})).toEqual(["demo", "/demo", "demo", "FLIC_TOKEN is not set"]);
  expect(at(token)).toEqual(["socialverse", "", "api", "FLIC_TOKEN is set"]);
  expect(at({ CATALOGUE: "own", ...token })).toEqual(["own", "/own", "none", "CATALOGUE=own"]);
  mkdirSync(join(DATA_DIR, "own"));
  writeFileSync(join(DATA_DIR, "own/store.db"), "");
  expect(at({})).toEqual(["own", "/own", "none", `${DATA_DIR}/own exists`]);
  expect(at({ CATALOGUE: "demo" })).toEqual(["demo", "/demo", "demo", "CATALOGUE=demo"]);
  expect(at(token)[0]).toBe("socialverse");
  expect(() => at({ CATALOGUE: "socialverse" })).toThrow("needs FLIC_TOKEN");
});

test("an empty own catalogue says how to fill it, and is learnt when it has posts", async () => {
  const empty = run(OWN);
  const waitsFor = async () => (await empty.app.service.readiness()).waitsFor;
  expect(await waitsFor()).toStartWith("no post yet: send some to POST /posts");
  await until(async () => (await empty.app.store.meta.filledFrom()) ?? undefined);
  await stopAll();
  {
    using store = openStore(join(folder(), "own/store.db"));
    await pushPosts(store, [toPost({ id: "a/ß", title: "Hello" }, 1)], 1);
  }
  const { app, said, lines } = run({ FLIC_TOKEN: "" });
  await said(/learnt snapshot .* 1 of them understood by their text/);
  const { posts } = await ask(app.service.feed, { username: "somebody" });
  expect(posts.map((it) => it.card.head)).toEqual([
    expect.stringMatching(/^{"id":"a\/ß","owner":.*"title":"Hello"/),
  ]);
  expect((await app.service.readiness()).degraded).toEqual([]);
  expect(lines.join()).not.toContain("sync");
});

test("files are imported while it is served; their posts are in the next feeds", async () => {
  const { app, said } = run(OWN);
  await until(async () => (await app.store.meta.filledFrom()) ?? undefined);
  const file = join(folder(), "posts.ndjson");
  const posts = Array.from({ length: 3_000 }, (_, n) => ({ id: `p${n}`, title: `Post ${n}` }));
  writeFileSync(file, posts.map((it) => JSON.stringify(it)).join("\n"));
  const like = (n: number) => ({ user: "ada", post: `p${n}`, kind: "like", at: 1e12 + n });
  const [imported] = await Promise.all([
    vidrecHere(["import", "posts", file], { ...OWN, DATA_DIR: folder() }),
    ...Array.from({ length: 20 }, (_, n) => app.service.push.events([like(n)])),
  ]); // prettier-ignore
  expect(imported).toMatchObject({ code: 0, logged: "" });
  expect([await app.store.posts.count(), await app.store.events.count()]).toEqual([3_000, 20]);
  await said(/learnt snapshot/);
  expect((await ask(app.service.feed, { username: "ada", pageSize: 20 })).posts).toHaveLength(20);
});

test("an own catalogue's store is not filled by an upstream", async () => {
  using store = openStore(join(folder(), "store.db"));
  await store.meta.claimFor("an app's own data");
  const { said } = run();
  expect(await said(/learner: .*was filled from/)).toContain("set CATALOGUE or API_BASE_URL back");
});
