/** Ids of any text, from the store through a snapshot to replies and the command line. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { openApp, type App } from "../../src/app/compose.ts";
import { parseConfig } from "../../src/config/parse.ts";
import type { PostId } from "../../src/domain/ids.ts";
import { createServer, type Server } from "../../src/http/server.ts";
import { WITHOUT_KEYS } from "../support/http.ts";
import { vidrec } from "../support/cli.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { ODD_IDS } from "../support/ids.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const folder = temporaryFolder();
const settings = { DATA_DIR: folder.path, FLIC_TOKEN: "any", RESONANCE_ALGORITHM: "any" };
let app: App;
let server: Server;
const get = async (path: string) =>
  (await server.handle(new Request(`http://a.test${path}`))).text();

/** Every odd id is a post's, a user's, and (with "name: " before it) that user's name. */
beforeAll(async () => {
  using world = openWorld(folder.path, []);
  for (const id of ODD_IDS) {
    await world.post(id);
    await world.user(id, `name: ${id}`);
    await world.did(id, { post: id, kind: "like" });
  }
  const keys = await world.store.ids.postKeys(ODD_IDS as PostId[]);
  const vector = [1, 0, 0];
  world.learn({}, [...keys.values()].sort((a, b) => a - b).map((id) => ({ id, vector }))); // prettier-ignore
  app = openApp(parseConfig(settings), "1.2.3", { log: () => {}, progress: () => {} });
  server = createServer(app.service, {
    access: WITHOUT_KEYS,
    corsOrigins: [],
    version: "1.2.3",
    log: () => {},
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** An id as `/feed` sends it. */
const sent = (id: string) => (/^\d+$/.test(id) ? id : JSON.stringify(id));

describe.each(ODD_IDS)("%p", (id) => {
  const name = encodeURIComponent(`name: ${id}`);

  test("is found as a user's id, and by the username", async () => {
    const user = `"user":{"id":${sent(id)},"known":true}`;
    expect(await get(`/feed?username=${encodeURIComponent(id)}`)).toContain(user);
    expect(await get(`/feed?username=${name}`)).toContain(user);
  });

  test("is the id of the post that its user likes, in the card and in the explanation", async () => {
    const reply = await get(`/feed?username=${name}&page_size=100&explain=true`);
    for (const other of ODD_IDS) expect(reply).toContain(`{"id":${sent(other)},"sources"`);
    const { post } = JSON.parse(reply) as { post: { id: string; upvoted: boolean }[] };
    expect(post.filter((it) => it.upvoted).map((it) => it.id)).toEqual([id]);
  });

  test("is text in /recommendations, whatever it is made of", async () => {
    const of = `user=${encodeURIComponent(id)}`;
    const reply = await get(`/recommendations?${of}&limit=100`);
    expect(reply).toContain(`"user":{"id":${JSON.stringify(id)},"known":true}`);
    const { items } = JSON.parse(reply) as { items: { id: string }[] };
    expect(items.map((it) => it.id).toSorted()).toEqual(ODD_IDS.toSorted());
    const excluded = await get(`/recommendations?${of}&exclude=${encodeURIComponent(id)}`);
    expect(excluded).not.toContain(`"id":${JSON.stringify(id)},"score"`);
    expect(await get(`/recommendations/why?${of}&post=${encodeURIComponent(id)}`)).toContain(
      "seen",
    );
  });

  test("has similar posts", async () => {
    const reply = await get(`/posts/${encodeURIComponent(id)}/similar?limit=100`);
    const { post } = JSON.parse(reply) as { post: { id: string }[] };
    const others = ODD_IDS.filter((it) => it !== id);
    expect(post.map((it) => it.id).toSorted()).toEqual(others.toSorted());
  });
});

test.each(["a/b", "100% sure?", "👩‍🚀", "x".repeat(128)])(
  "vidrec feed prints the feed of %p",
  async (id) => {
    const { code, out } = await vidrec(["feed", id], folder.path, settings);
    expect([code, out.split("\n")[0]]).toEqual([
      0,
      expect.stringContaining(`${id}: user ${id}, cool`),
    ]);
    for (const other of ["at://did:plc:z72i7/app.video/3k", "9007199254740993"])
      expect(out).toContain(`  ${other}  `);
  },
);

test.each(["a/b", "100% sure?", "👩‍🚀", "9007199254740993"])(
  "vidrec why knows the user and the post %p",
  async (id) => {
    const { code, out } = await vidrec(["why", id, id, "--json"], folder.path, settings);
    expect(code).toBe(0);
    expect(out).toContain(`"id": ${JSON.stringify(id)},`);
    expect(JSON.parse(out)).toMatchObject({ reasons: ["seen"], meta: { user: { known: true } } });
  },
);
