/** Encoder threads that are closed after each test. */
import { afterAll, afterEach } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EncoderThread,
  type EncoderThreadOptions,
  openEncoderThread,
} from "../../src/text/client.ts";

/** No test is to fail because a machine is slow. */
export const PATIENCE_MS = 300_000;
/** Does nothing. */
export const nothing = () => {};
/** The error of a rejected promise. */
export const caught = (promise: Promise<unknown>) => promise.catch((cause: unknown) => cause);

/** A thread that is ready, and a promise of its being ready again. */
export async function ready(
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

/** Sets up a test file. */
export function threads() {
  const folder = mkdtempSync(join(tmpdir(), "encoder-thread-test-"));
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
  return { folder, start };
}
