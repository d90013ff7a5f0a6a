/** The encoder thread from the service's side, with a fake thread. */
import { describe, expect, test } from "bun:test";
import { type EncoderThreadOptions } from "../../src/text/client.ts";
import { EncoderError } from "../../src/text/encoder.ts";
import { caught, nothing, PATIENCE_MS, ready, threads } from "./threads.ts";

const { start } = threads();
const fake = (options: Partial<EncoderThreadOptions> = {}) =>
  start({ spawn: () => new Worker(new URL("./fake-worker.ts", import.meta.url)), ...options });

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
