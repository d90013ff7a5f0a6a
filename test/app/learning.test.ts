/** A catalogue that an app fills while it is served: when it is learnt, and what its feeds are meanwhile. */
import { expect, test } from "bun:test";
import { serving } from "../support/http.ts";
import { until } from "../support/program.ts";
import { feed, idsOf, posts } from "./beginners.ts";
import { appsOfEachTest, isQuiet, LEARNT_TEXTS } from "./apps.ts";
import type { App } from "../../src/app/compose.ts";

const { open, run, stopAll, upstream } = appsOfEachTest();
const OWN = { CATALOGUE: "own", FLIC_TOKEN: "" };
const served = (app: App) => until(() => feed(app).catch(() => undefined));
const embedded = ({ registry }: App) => registry.current()?.manifest.info.embedded;

test("20 posts and 3 events make a sensible feed: all of them, what is liked first, and moods once it has vectors", async () => {
  const { app, said } = run(OWN);
  await app.service.push.posts(posts(20));
  const likes = ["p1", "p5", "p9"].map((post) => ({ user: "ada", post, kind: "like" }));
  await app.service.push.events(likes);
  const first = await served(app);
  expect(idsOf(first).sort()).toEqual(posts(20).map((it) => it.id).sort()); // prettier-ignore
  await said(/learnt snapshot .* from 3 events and 20 posts, 20 of them understood by their text/);
  const page = await feed(app, { explain: true });
  expect(new Set(idsOf(page)).size).toBe(20);
  expect(idsOf(page).slice(0, 2).toSorted()).toEqual(["p13", "p17"]);
  expect(idsOf(page).slice(-3).toSorted()).toEqual(["p1", "p5", "p9"]);
  expect(page).toMatchObject({ audience: "cool", fallback: ["seen"] });
  for (const { score, terms } of page.explain!)
    expect([score, ...Object.values(terms)].every(Number.isFinite)).toBeTrue();
  expect(await feed(app, { mood: "calm" })).toMatchObject({ match: ["mood:calm"] });
  const stranger = await feed(app, { username: "nobody" });
  expect(idsOf(stranger)).toHaveLength(20);
  expect(stranger).toMatchObject({ audience: "cold", user: { known: false } });
  expect((await app.service.readiness()).degraded).toEqual([]);
});

test("a post that comes later is in feeds when learning was asked for, and has a vector; who only serves may ask", async () => {
  const { app } = run(OWN);
  await app.service.push.posts(posts(20));
  await until(async () => (embedded(app) === 20 ? true : undefined));
  await isQuiet(app);
  const other = open(OWN).app;
  await app.service.push.posts([{ id: "late", title: "Cats asleep in boxes" }]);
  const askedAtMs = Date.now();
  const reply = await serving(other.service).get("/learn", {
    method: "POST",
    headers: { host: "localhost" },
  });
  expect(reply.status).toBe(202);
  expect(await reply.json()).toEqual({ status: "queued", running_since: null });
  await until(async () => (idsOf(await feed(app)).includes("late") ? true : undefined));
  await until(async () => (embedded(app) === 21 ? true : undefined));
  const { learning } = await app.service.readiness();
  expect(Date.parse(learning.last!)).toBeGreaterThanOrEqual(askedAtMs);
});

test("a changed text and a user's text get new vectors, which are put to use without learning", async () => {
  const { app } = run({ ...OWN, LEARN_PAUSE_MINUTES: "10000" });
  await app.service.push.posts(posts(20));
  await until(async () => (embedded(app) === 20 ? true : undefined));
  await isQuiet(app);
  const { id, manifest, ranker } = app.registry.current()!;
  const d = manifest.info.encoder!.dimension;
  const vector = () => app.registry.current()!.ranker.model.embeddings.slice(0, d);
  const before = vector();
  await app.service.push.posts([{ ...posts(1)[0], title: "A talk about glaciers" }]);
  await until(async () => (Bun.deepEquals(vector(), before) ? undefined : true));
  expect(app.registry.current()!.id).toBe(id);
  expect(ranker.model.info.embedded).toBe(20);
  await app.service.push.users([{ id: "eve", text: "climbs mountains" }]);
  const profile = await until(async () => {
    const it = await app.store.users.profile((await app.store.users.find("eve"))!);
    return it!.textHash === "" ? undefined : it;
  });
  await until(async () => {
    const found = await app.store.embeddings.get(manifest.info.encoder!.model, [profile.textHash]); // prettier-ignore
    return found.size > 0 ? true : undefined;
  });
});

test("what was learnt from is known after a restart: half as many posts again are then learnt at once", async () => {
  await run(OWN).app.service.push.posts(posts(20));
  const { app } = run({ ...OWN, LEARN_PAUSE_MINUTES: "0" });
  await until(async () => (embedded(app) === 20 ? true : undefined));
  const { source } = app.registry.current()!.manifest;
  expect(source.learnt!.changes).toBe(20);
  await stopAll();
  const again = run({ ...OWN, LEARN_PAUSE_MINUTES: "0" }).app;
  await again.service.push.posts(posts(10, 20));
  await until(async () => ((await feed(again)).posts.length === 30 ? true : undefined));
});

test("what clients do in a catalogue that is synced is learnt without another sync", async () => {
  const { app, said, lines } = run({ LEARN_PAUSE_MINUTES: "0" });
  await said(LEARNT_TEXTS);
  await isQuiet(app);
  const [asked, learnt] = [upstream().count(), lines.length];
  const { seq } = app.registry.current()!.manifest.source.store!;
  const like = (n: number) => ({ user: `new ${n}`, post: "7", kind: "like" });
  await app.service.push.events(Array.from({ length: Math.ceil(seq / 10) }, (_, n) => like(n)));
  await until(async () => lines.slice(learnt).find((it) => it.startsWith("learnt snapshot")));
  expect(upstream().count()).toBe(asked);
  expect(app.registry.current()!.manifest.source.store!.seq).toBeGreaterThan(seq);
});
