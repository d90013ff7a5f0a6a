/** The program, killed right after it acknowledged what was pushed: all of that is found, 50 times. */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { seededRandom } from "../../src/linalg/random.ts";
import { leaveOut } from "../support/needs.ts";
import { buildInto, openYard, programAbsence, startServe } from "../support/program.ts"; // prettier-ignore
import { writeTinyModel } from "../text/tiny-model.ts";

const KILLS = 50;
/** Clients that push at once. */
const CLIENTS = 8;
/** Most replies before a kill. */
const REPLIES_MAX = 120;
const MINUTES = 60_000;

const yard = openYard();
const home = yard.home("pushed");
const random = seededRandom(20_250_602);
let vidrec: string;
let settings: Record<string, string>;

beforeAll(async () => {
  if (programAbsence !== undefined) return;
  vidrec = await buildInto(yard.root);
  settings = {
    CATALOGUE: "own",
    ENCODER_MODEL: await writeTinyModel(join(yard.root, "tiny"), 8),
    ENCODER_THREADS: "1",
  };
}, 5 * MINUTES);
afterAll(() => yard[Symbol.dispose]());

/** Ids of what was acknowledged, and of every client's post the newest text that was. */
type Acknowledged = {
  readonly events: string[];
  readonly posts: string[];
  readonly users: string[];
  readonly texts: Map<string, number>;
};

describe.skipIf(leaveOut("the test of killing while rows are pushed", programAbsence))(
  "the program",
  () => {
    test(
      `killed ${KILLS} times right after replies has stored all that it acknowledged`,
      async () => {
        const all: Acknowledged = { events: [], posts: [], users: [], texts: new Map() };
        for (let round = 0; round < KILLS; round++) {
          await pushUntilKilled(all, round);
          expect(missing(all)).toEqual({ events: [], posts: [], users: [], texts: [] });
        }
        const { events, posts, users, texts } = all;
        const counts = { events: events.length, posts: posts.length, users: users.length, changed: texts.size }; // prettier-ignore
        console.log(`killed ${KILLS} times; acknowledged and found: ${JSON.stringify(counts)}`);
        for (const count of Object.values(counts)) expect(count).toBeGreaterThan(KILLS);
      },
      30 * MINUTES,
    );
  },
);

/** Starts the program, pushes with several clients, and kills it right after one of its replies. */
async function pushUntilKilled(all: Acknowledged, round: number): Promise<void> {
  const serving = await startServe(vidrec, home, settings);
  let left = 1 + Math.floor(random() * REPLIES_MAX);
  const push = async (method: string, path: string, body: object, onReply: () => void) => {
    const init = { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } }; // prettier-ignore
    const { status } = await serving.get(path, init);
    expect(status).toBeOneOf([200, 202]);
    onReply();
    if (--left === 0) serving.signal("SIGKILL");
  };
  const clients = Array.from({ length: CLIENTS }, (_, n) => client(push, all, `${round}-${n}`));
  // The requests that the kill cuts off fail.
  const ends = await Promise.allSettled(clients);
  expect(ends.map(({ status }) => status)).not.toContain("fulfilled");
  expect(await serving.exitCode).toBe(137);
  expect(left).toBeLessThan(1);
  expect(serving.lines.filter((it) => /error|damaged|^ +at /.test(it))).toEqual([]);
}

type Send = (method: string, path: string, body: object, onReply: () => void) => Promise<void>;

/** Pushes one request after the other until one fails. */
async function client(push: Send, all: Acknowledged, name: string): Promise<never> {
  const event = (id: string) => ({ id, user: `user ${id.length}`, post: name, kind: "view" });
  for (let n = 0; ; n++) {
    const id = `${name}-${n}`;
    const batch = Array.from({ length: 50 }, (_, m) => `${id}-${m}`);
    await push("POST", "/events", event(id), () => all.events.push(id));
    await push("POST", "/events", { events: batch.map(event) }, () => all.events.push(...batch));
    await push("POST", "/posts", { id, title: id }, () => all.posts.push(id));
    await push("POST", "/users", { id, name: id }, () => all.users.push(id));
    await push("PATCH", `/posts/${name}-0`, { text: `${n}` }, () => all.texts.set(`${name}-0`, n));
  }
}

/** Rows that were acknowledged and are not in the store. */
function missing({ events, posts, users, texts }: Acknowledged) {
  using db = new Database(join(home.work, "cache/own/store.db"), { readonly: true });
  const without = (ids: readonly string[], sql: string) => {
    const found = new Set(db.query<{ id: string }, []>(sql).all().map(({ id }) => id)); // prettier-ignore
    return ids.filter((id) => !found.has(id));
  };
  const textOf = db.query<{ text: string }, [string]>(
    "SELECT summary AS text FROM post JOIN post_id USING (key) WHERE id = ?",
  );
  expect(db.query("PRAGMA integrity_check").values()).toEqual([["ok"]]);
  return {
    events: without(events, "SELECT client_id AS id FROM event"),
    posts: without(posts, "SELECT id FROM post JOIN post_id USING (key)"),
    users: without(users, "SELECT id FROM user JOIN user_id USING (key)"),
    // A later change may be stored too: its reply was cut off.
    texts: [...texts].filter(([id, n]) => Number(textOf.get(id)?.text) < n),
  };
}
