/** Check of the encoder. */
import pTimeout from "p-timeout";
import { openEncoderThread } from "../../text/client.ts";
import { encoderOf } from "../../app/worker-threads.ts";
import { fail, ok, type Check } from "./finding.ts";

const LOAD_MS = 60_000;
const ENCODE_MS = 10_000;
const part = "encoder";

/** Loads the model in a thread, as the service does, and encodes a text. */
export const encoder: Check = {
  part,
  run: async ({ config }) => {
    const start = performance.now();
    const { promise: loaded, resolve } = Promise.withResolvers<string>();
    const thread = openEncoderThread({
      ...encoderOf(config),
      storePath: ":memory:",
      onReady: () => resolve(""),
      onEnd: (message) => resolve(message),
    });
    try {
      const problem = await pTimeout(loaded, { milliseconds: LOAD_MS, message: false });
      if (problem !== "") return [fail(part, problem ?? `not loaded after ${LOAD_MS / 1_000} s`)];
      const loadedMs = performance.now() - start;
      const vector = await thread.encodeQuery("a calm morning", ENCODE_MS);
      if (vector === undefined) return [fail(part, "loaded, but gives no vector")];
      const { model } = thread.state();
      const seconds = (loadedMs / 1_000).toFixed(1);
      return [ok(part, `${model}: ${vector.length} dimensions, loaded in ${seconds} s`)];
    } finally {
      await thread.close();
    }
  },
};
