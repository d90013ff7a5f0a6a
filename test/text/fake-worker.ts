/** An encoder thread without a model: texts say how it behaves. Vectors are `[number of queries so far]`. */
import type { EncoderEvent, EncoderRequest } from "../../src/text/protocol.ts";

declare const self: Worker;

const say = (event: EncoderEvent) => self.postMessage(event);
let queries = 0;
let held: { id: number } | undefined;

self.onmessage = ({ data }: MessageEvent<EncoderRequest>) => {
  switch (data.kind) {
    case "open":
      return say({ kind: "ready", model: "fake@1", dimension: 1 });
    case "query":
      queries++;
      if (data.text === "crash") throw new Error("out of words");
      if (data.text === "hold") return void (held = data);
      if (data.text === "release")
        say({ kind: "vector", id: held!.id, vector: Float32Array.of(-1) });
      return say({ kind: "vector", id: data.id, vector: Float32Array.of(queries) });
    case "backfill":
      say({ kind: "progress", done: 1, total: 4 });
      if (data.extraTexts.includes("crash")) throw new Error("out of words");
      if (data.extraTexts.includes("hold")) return;
      return say({ kind: "backfilled", encoded: 4 });
    case "close":
      return process.exit(0);
  }
};
