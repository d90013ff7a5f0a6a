/**
 * Many sessions that scroll at once, in two processes: no repeat, no gap, no error, whatever happens meanwhile. Small
 * here; `SCROLL=200x500 bun test test/feed/endless-scroll.test.ts` is 200 sessions of 500 pages.
 */
import { expect, setDefaultTimeout, test } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Recommendations } from "../../src/feed/contract.ts";
import { between, pick, seededRandom, type Random } from "../../src/linalg/random.ts";
import { append } from "../support/changes.ts";
import { encodeWords, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";

setDefaultTimeout(3_600_000); // no test is to fail because a machine is slow

const [SESSIONS, PAGES] = (process.env["SCROLL"] ?? "24x70").split("x").map(Number) as [
  number,
  number,
];
const LIMIT = 20;
/** Enough for each session; more than one list holds. */
const POSTS = Math.ceil(1.15 * PAGES * LIMIT);
/** Of a hundred pages, so many are asked for again, begin anew, follow events, and see the world change. */
const [RETRIES, REFRESHES, EVENTS, UPHEAVALS] = [15, 10, 40, Math.max(0.02, 8 / SESSIONS)];
const KINDS = ["view", "like", "skip", "share", "hide"] as const;

const sketches = Array.from({ length: POSTS }, (_, n) => ({
  ...{ id: n + 1, category: `c${n % 7}` },
  factors: [Math.sin(n), Math.cos(n)],
}));

/** The processes that answer; one of them is started again now and then, and all notice new snapshots. */
function openProcesses(world: ReturnType<typeof openWorld>) {
  const open = () => world.serve(encodeWords, () => AS_OF_MS);
  const processes = [open(), open()];
  return {
    any: (random: Random) => pick(random, processes),
    restart: (random: Random) => {
      // The old one answers what it was asked, and is not asked again.
      processes[between(random, 0, 1)] = open();
    },
    learn: async (random: Random) => {
      world.learn({}, random() < 0.5 ? sketches : sketches.toReversed());
      for (const it of processes) await it.registry.poll();
    },
  };
}

type Processes = ReturnType<typeof openProcesses>;

/** Posts that people have hidden: none is in a page that is asked for again. */
const hidden = new Set<string>();

/** One person who scrolls, and what went wrong. */
async function scroll(n: number, world: ReturnType<typeof openWorld>, processes: Processes) {
  const random = seededRandom(n);
  const happens = (percent: number) => 100 * random() < percent;
  const user = `user ${n % Math.ceil(SESSIONS / 2)}` as UserId; // some have two sessions
  const wrong: string[] = [];
  const shown = new Set<PostId>();
  let [cursor, position]: [string | undefined, number] = [undefined, 1];
  const ask = (cursor: string | undefined) =>
    processes.any(random).recommend({
      ...{ user, session: `s${n}`, limit: LIMIT, cursor, cards: false, explain: false },
      ...{ category: undefined, mood: undefined, exclude: [] },
    });
  /** An impatient app asks for the same page twice at once, maybe in two processes. */
  const both = async (cursor: string | undefined) => {
    const isImpatient = cursor !== undefined && happens(RETRIES);
    const [one, two] = await Promise.all([ask(cursor), isImpatient ? ask(cursor) : undefined]);
    return [one!, two ?? one!] as [Recommendations, Recommendations];
  };
  for (let page = 0; page < PAGES; page++) {
    if (happens(REFRESHES)) [cursor, position] = [undefined, 1];
    const [reply, twin] = await both(cursor);
    const ids = reply.items.map((it) => it.id);
    for (const id of ids) if (shown.has(id)) wrong.push(`page ${page} repeats ${id}`);
    for (const id of ids) shown.add(id);
    if (ids.length !== LIMIT) wrong.push(`page ${page} has ${ids.length} posts`);
    if (reply.items.some((it, at) => it.position !== position + at)) wrong.push(`page ${page} leaves a gap`); // prettier-ignore
    if (reply.fallback.some((it) => it !== "popular")) wrong.push(`page ${page}: ${reply.fallback}`); // prettier-ignore
    if (cursor !== undefined)
      for (const again of [twin, ...(happens(RETRIES) ? await both(cursor) : [])]) {
        const left = again.items.map((it) => it.id);
        const rest = ids.filter((id) => left.includes(id) || !hidden.has(`${user} ${id}`));
        if (left.join() !== rest.join()) wrong.push(`page ${page} is another one when asked again`);
      }
    if (happens(EVENTS)) {
      const events = Array.from({ length: between(random, 1, 3) }, () => ({
        ...{ userId: user, postId: pick(random, ids), kind: pick(random, KINDS), value: 1 },
        claimedAtMs: AS_OF_MS + page,
      }));
      for (const { postId, kind } of events) if (kind === "hide") hidden.add(`${user} ${postId}`);
      await append(world.store, events, { receivedAtMs: AS_OF_MS + page, origin: "app" });
    }
    if (happens(UPHEAVALS)) await (random() < 0.5 ? processes.restart(random) : processes.learn(random)); // prettier-ignore
    [cursor, position] = [reply.cursor, position + LIMIT];
  }
  return { wrong, shown: shown.size };
}

test(`${SESSIONS} sessions at once, ${PAGES} pages each: no repeat, no gap, no error`, async () => {
  using folder = temporaryFolder();
  using world = openWorld(folder.path, sketches);
  await world.fill();
  world.learn();
  const processes = openProcesses(world);
  const done = await Promise.all(
    Array.from({ length: SESSIONS }, (_, n) => scroll(n, world, processes)),
  );
  expect(done.flatMap((it, n) => it.wrong.map((what) => `session ${n}: ${what}`))).toEqual([]);
  expect(done.map((it) => it.shown)).toEqual(Array(SESSIONS).fill(PAGES * LIMIT));
});
