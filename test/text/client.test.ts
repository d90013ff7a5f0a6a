/** The encoder thread from the service's side: with a fake thread, then with the real one. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UserId } from "../../src/domain/ids.ts";
import type { User } from "../../src/domain/user.ts";
import {
  type EncoderThread,
  type EncoderThreadOptions,
  openEncoderThread,
} from "../../src/text/client.ts";
import { EncoderError } from "../../src/text/encoder.ts";
import { openEncoder } from "../../src/text/sbert.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { writeTinyModel } from "./tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "encoder-thread-test-"));
/** No test is to fail because a machine is slow. */
const PATIENCE_MS = 300_000;
const nothing = () => {};
const caught = (promise: Promise<unknown>) => promise.catch((cause: unknown) => cause);

let thread: EncoderThread | undefined;
afterEach(() => thread?.close());
afterAll(() => rmSync(folder, { recursive: true }));

function start(options: Partial<EncoderThreadOptions>): EncoderThread {
  thread = openEncoderThread({
    spawn: () => new Worker(new URL("../../src/text/worker.ts", import.meta.url)),
    model: join(folder, "tiny"),
    threads: 1,
    modelsFolder: join(folder, "models"),
    storePath: join(folder, "store.db"),
    onEnd: nothing,
    pauseMs: 5,
    ...options,
  });
  return thread;
}

const fake = (options: Partial<EncoderThreadOptions> = {}) =>
  start({ spawn: () => new Worker(new URL("./fake-worker.ts", import.meta.url)), ...options });

/** A thread that is ready, and a promise of its being ready again. */
async function ready(
  open: (options: Partial<EncoderThreadOptions>) => EncoderThread,
  options: Partial<EncoderThreadOptions> = {},
) {
  let next = Promise.withResolvers<void>();
  const opened = open({ ...options, onReady: () => next.resolve() });
  await next.promise;
  return {
    ...opened,
    again: () => {
      next = Promise.withResolvers<void>();
      return next.promise;
    },
  };
}

describe("a query text", () => {
  test("gets its vector, and is encoded once for many requests", async () => {
    const { encodeQuery, state } = await ready(fake);
    expect(state()).toEqual({ model: "fake@1", dimension: 1, backlog: 0 });
    const twice = [encodeQuery("calm", PATIENCE_MS), encodeQuery("calm", PATIENCE_MS)];
    expect(await Promise.all(twice)).toEqual([Float32Array.of(1), Float32Array.of(1)]);
    expect(await encodeQuery("calm", PATIENCE_MS)).toEqual(Float32Array.of(1));
    expect(await encodeQuery("brave", PATIENCE_MS)).toEqual(Float32Array.of(2));
  });

  test("that is late is answered without a vector; the next request has it", async () => {
    const { encodeQuery } = await ready(fake);
    expect(await encodeQuery("hold", 10)).toBeUndefined();
    await encodeQuery("release", PATIENCE_MS);
    expect(await encodeQuery("hold", 10)).toEqual(Float32Array.of(-1));
  });

  test("that is empty has no vector", async () => {
    expect(await (await ready(fake)).encodeQuery(" ")).toBeUndefined();
  });

  test("beyond a full queue is answered without a vector at once", async () => {
    const { encodeQuery } = await ready(fake);
    const all = Array.from({ length: 100 }, (_, n) => encodeQuery(`text ${n}`, PATIENCE_MS));
    expect((await Promise.all(all)).filter((it) => it !== undefined)).toHaveLength(64);
  });
});

describe("a thread that crashes", () => {
  test("is started again, with growing pauses while it does nothing else", async () => {
    const ends: [string, number][] = [];
    const onEnd = (message: string, pauseMs: number) => ends.push([message, pauseMs]);
    const { encodeQuery, state, again } = await ready(fake, { onEnd });
    for (let crash = 0; crash < 3; crash++) {
      const restarted = again();
      expect(await encodeQuery("crash", PATIENCE_MS)).toBeUndefined();
      expect(state().model).toBeUndefined();
      expect(await encodeQuery("calm", PATIENCE_MS)).toBeUndefined();
      await restarted;
      expect(state().model).toBe("fake@1");
    }
    const why = "error: out of words";
    expect(ends).toEqual([5, 10, 20].map((pauseMs) => [why, pauseMs]));
    expect(await encodeQuery("calm", PATIENCE_MS)).toBeDefined();
    const restarted = again();
    await encodeQuery("crash", PATIENCE_MS);
    await restarted;
    expect(ends.at(-1)).toEqual([why, 5]);
  });

  test("fails its backfill; the next one waits for the next thread", async () => {
    const { backfill, state } = await ready(fake);
    expect(await caught(backfill(["crash"], nothing))).toBeInstanceOf(EncoderError);
    expect(state().model).toBeUndefined();
    expect(await backfill([], nothing)).toBe(4);
    expect(state()).toMatchObject({ model: "fake@1", backlog: 0 });
  });
});

test("a backfill tells its backlog, and the next one waits for it", async () => {
  const { backfill, state, close } = await ready(fake);
  const progress = Promise.withResolvers<void>();
  const held = caught(backfill(["hold"], () => progress.resolve()));
  const second = caught(backfill([], nothing));
  await progress.promise;
  expect(state().backlog).toBe(3);
  await close();
  expect(await held).toBeInstanceOf(EncoderError);
  expect(await second).toBeInstanceOf(EncoderError);
});

test("an idle thread ends, and the next text starts it again", async () => {
  let starts = 0;
  const spawn = () => (starts++, new Worker(new URL("./fake-worker.ts", import.meta.url)));
  const ends: string[] = [];
  const onEnd = (message: string) => void ends.push(message);
  const { encodeQuery, state } = await ready(fake, { spawn, onEnd, idleMs: 1 });
  for (let n = 0; starts < 2; n++) {
    expect(await encodeQuery(`text ${n}`, PATIENCE_MS)).toHaveLength(1);
    await Bun.sleep(5);
  }
  expect(state()).toEqual({ model: "fake@1", dimension: 1, backlog: 0 });
  expect(ends).toEqual([]);
});

test("a closed thread stays closed", async () => {
  let starts = 0;
  const spawn = () => (starts++, new Worker(new URL("./fake-worker.ts", import.meta.url)));
  const { close, encodeQuery } = await ready(fake, { spawn });
  await close();
  expect(await encodeQuery("calm", PATIENCE_MS)).toBeUndefined();
  await Bun.sleep(20);
  expect(starts).toBe(1);
});

describe("the real thread", () => {
  const USERS = 3_000;
  beforeAll(async () => {
    await writeTinyModel(join(folder, "tiny"), 16);
    using store = openStore(join(folder, "store.db"));
    const users = Array.from({ length: USERS }, (_, n): User => {
      const counts = { postCount: 0, followingCount: 0, followerCount: 0 };
      const more = { shareCount: 0, inspiredCount: 0, role: "U", userType: "" };
      const id = String(n) as UserId;
      return { id, username: `u${n}`, bio: `runs ${n} miles`, ...counts, ...more };
    });
    await store.users.record(users, 1);
  });

  test("killed in the middle of a backfill, leaves the rest to the next; queries go first", async () => {
    const first = await ready(start);
    let done = 0;
    const started = Promise.withResolvers<void>();
    const filling = caught(first.backfill(["calm"], (it) => ((done = it), started.resolve())));
    await started.promise;
    const vector = await first.encodeQuery("never give up", PATIENCE_MS);
    expect(done).toBeLessThan(USERS);
    const { encode, model } = await openEncoder({
      model: join(folder, "tiny"),
      threads: 1,
      modelsFolder: folder,
    });
    expect(vector).toEqual(await encode("never give up"));
    await first.close();
    expect(await filling).toBeInstanceOf(EncoderError);

    const second = await ready(start);
    expect(second.state().model).toBe(model);
    const before = done;
    expect(before).toBeGreaterThan(0);
    const rest = await second.backfill(["calm"], nothing);
    expect(rest).toBeLessThanOrEqual(USERS + 1 - before);
    expect(await second.backfill(["calm"], nothing)).toBe(0);
    using store = openStore(join(folder, "store.db"));
    expect(await store.texts.backlog(model)).toBe(0);
  });

  test("without a model names the setting, and tries again", async () => {
    const tried = Promise.withResolvers<string>();
    let ends = 0;
    const onEnd = (message: string) => void (++ends === 2 && tried.resolve(message));
    const { backfill } = start({ model: "./no-such-folder", onEnd });
    const cause = await caught(backfill([], nothing));
    expect(cause).toBeInstanceOf(EncoderError);
    expect(String(cause)).toContain("ENCODER_MODEL=./no-such-folder");
    expect(await tried.promise).toContain("ENCODER_MODEL=./no-such-folder");
  });
});
