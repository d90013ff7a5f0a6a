/** Events that clients send, on their way through the writer thread. */
import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { writerThread } from "../../../src/app/worker-threads.ts";
import { openStore, type StoreFile } from "../../../src/data/sqlite/open.ts";
import { openWriter, type Writer } from "../../../src/data/writer/client.ts";
import type { Event } from "../../../src/domain/event.ts";
import type { PostId, UserId, UserKey } from "../../../src/domain/ids.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { append } from "../../support/changes.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const RECEIPT = { receivedAtMs: 1_000, origin: "client" };
const viewed = (post: number | string, over: Partial<Event> = {}): Event => ({
  userId: "ada" as UserId,
  postId: String(post) as PostId,
  kind: "view",
  value: 1,
  claimedAtMs: 10,
  ...over,
});

let folder: ReturnType<typeof temporaryFolder>;
let store: StoreFile;
let writer: Writer;
/** Messages of the thread, and why it ended. */
let [messages, ends] = [0, [] as string[]];
let faults: (string | undefined)[];
let thread: Worker;

beforeEach(() => {
  folder = temporaryFolder();
  [messages, ends, faults] = [0, [], []];
  store = openStore(join(folder.path, "store.db"));
  writer = openWriter({
    spawn: () => {
      thread = writerThread();
      thread.addEventListener("message", () => messages++);
      return thread;
    },
    storePath: join(folder.path, "store.db"),
    onEnd: (message) => void ends.push(message),
    onFault: (message) => void faults.push(message),
    pauseMs: 1,
  });
});
afterEach(async () => {
  await writer.close();
  store.close();
  folder[Symbol.dispose]();
});

test("what is acknowledged is in the store, in the order in which it was sent", async () => {
  const sent = [1, 2, 3].map((post) => writer.write("appendEvents", [viewed(post)], RECEIPT));
  expect(await Promise.all(sent)).toEqual(sent.map(() => ({ accepted: 1, duplicates: [] })));
  expect([...(await store.events.history(1 as UserKey)).postKeys]).toEqual([1, 2, 3]);
});

test("what no thread can be sent is refused, and keeps nothing else waiting", async () => {
  const bad = { ...viewed(1), value: (() => 1) as never };
  const refused = await writer.write("appendEvents", [bad], RECEIPT).catch((it: unknown) => it);
  expect(refused).toMatchObject({ name: "WriterError" });
  expect(await writer.write("appendEvents", [viewed(1)], RECEIPT)).toMatchObject({ accepted: 1 });
});

test("requests that wait are committed together, one that is bad alone fails", async () => {
  const sent = Array.from({ length: 500 }, (_, n) =>
    writer.write("appendEvents", [viewed(n)], RECEIPT),
  );
  const bad = { ...viewed("bad"), value: null } as unknown as Event;
  const failure = writer.write("appendEvents", [viewed("good"), bad], RECEIPT).catch(String);
  await Promise.all(sent);
  expect(await failure).toContain("NOT NULL constraint failed: event.value");
  expect(await store.events.count()).toBe(500);
  expect(messages).toBeLessThan(50);
  expect((await store.ids.postKeys(["good" as PostId])).size).toBe(0);
});

test("an event that is sent again is a duplicate, whichever way it comes", async () => {
  const named = viewed(1, { clientId: "a" });
  expect(await writer.write("appendEvents", [named], RECEIPT)).toEqual({
    accepted: 1,
    duplicates: [],
  });
  expect(await writer.write("appendEvents", [named], RECEIPT)).toEqual({
    accepted: 0,
    duplicates: [0],
  });
  expect(await append(store, [named], RECEIPT)).toEqual({
    accepted: 0,
    duplicates: [0],
  });
});

test("requests of a thread that ends are refused, and the next one is served by another", async () => {
  await writer.write("appendEvents", [viewed(1)], RECEIPT);
  using other = new Database(join(folder.path, "store.db"));
  other.run("BEGIN IMMEDIATE"); // nothing can be stored before the thread ends
  const cut = writer.write("appendEvents", [viewed(2)], RECEIPT).catch(String);
  thread.terminate();
  expect(await cut).toContain("it may not have been stored: the thread ended");
  expect(await writer.write("appendEvents", [viewed(3)], RECEIPT).catch(String)).toContain(
    "not running",
  );
  other.run("ROLLBACK");
  while (
    ends.length === 0 ||
    (await writer.write("appendEvents", [viewed(4)], RECEIPT).catch(() => false)) === false
  )
    await Bun.sleep(1);
  expect(ends).toHaveLength(1);
  expect((await store.ids.postKeys(["4" as PostId])).size).toBe(1);
});

test("a request waits while another connection writes", async () => {
  using other = new Database(join(folder.path, "store.db"));
  other.run("BEGIN IMMEDIATE");
  let isDone = false;
  const request = writer.write("appendEvents", [viewed(1)], RECEIPT).then((it) => ((isDone = true), it)); // prettier-ignore
  await Bun.sleep(300);
  expect(isDone).toBe(false);
  other.run("COMMIT");
  expect(await request).toEqual({ accepted: 1, duplicates: [] });
});

test("while the disk is far behind, more is refused, and nothing of what was taken is lost", async () => {
  using other = new Database(join(folder.path, "store.db"));
  other.run("BEGIN IMMEDIATE");
  const many = Array.from({ length: 200_001 }, (_, n) => viewed(n));
  const taken = writer.write("appendEvents", many, RECEIPT);
  const refused = await writer
    .write("appendEvents", [viewed(1)], RECEIPT)
    .catch((it: unknown) => it);
  expect(refused).toMatchObject({ message: expect.stringContaining("send it again later") });
  other.run("COMMIT");
  expect(await taken).toMatchObject({ accepted: 200_001 });
  expect(await writer.write("appendEvents", [viewed(300_000)], RECEIPT)).toMatchObject({ accepted: 1 }); // prettier-ignore
});

test("all kinds of changes are made in the order in which they were sent", async () => {
  const id = "ada" as UserId;
  const [appended, erased, again, gone] = await Promise.all([
    writer.write("appendEvents", [viewed(1)], RECEIPT),
    writer.write("eraseUser", id, 2_000),
    writer.write("appendEvents", [viewed(2)], RECEIPT),
    writer.write("eraseUser", "nobody" as UserId, 2_000),
  ]);
  expect([appended.accepted, erased, again.accepted, gone]).toEqual([1, true, 1, false]);
  const key = (await store.ids.userKeys([id])).get(id)!;
  expect([...(await store.events.history(key)).postKeys]).toEqual([2]);
});

test("where the store is gone, the request says what to do", async () => {
  await writer.write("appendEvents", [viewed(1)], RECEIPT);
  for (const end of ["", "-wal", "-shm"])
    rmSync(join(folder.path, `store.db${end}`), { force: true });
  expect(faults.filter(Boolean)).toEqual([]);
  expect(await writer.write("appendEvents", [viewed(2)], RECEIPT).catch(String)).toContain("is gone: put the folder back"); // prettier-ignore
  expect(faults.at(-1)).toContain("is gone: put the folder back");
});

test("what was acknowledged is there after a kill", async () => {
  const script = join(import.meta.dir, "append-forever.ts");
  const child = Bun.spawn([process.execPath, script, join(folder.path, "store.db")], { stdout: "pipe" }); // prettier-ignore
  let acknowledged = 0;
  for await (const chunk of child.stdout) {
    acknowledged += Buffer.from(chunk).filter((it) => it === 10).length;
    if (acknowledged > 50) child.kill("SIGKILL");
  }
  await child.exited;
  expect(child.signalCode).toBe("SIGKILL");
  expect(await store.events.count()).toBeGreaterThanOrEqual(acknowledged);
});
