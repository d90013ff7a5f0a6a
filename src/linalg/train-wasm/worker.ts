/** A thread of the kernel: does its share of each phase. Bundled as its own entry point. */
import { doTask, contextOf, takeTask } from "./phase.ts";
import type { TeamReply, TeamRequest } from "./team.ts";
import { instantiate, type Wasm } from "./wasm.ts";

declare const self: Worker;

let wasm: Wasm;
let counters: Int32Array;
let thread = 0;

self.onmessage = ({ data }: MessageEvent<TeamRequest>) => {
  if (data.kind === "open") {
    wasm = instantiate(data.module, data.memory);
    counters = new Int32Array(data.memory.buffer);
    thread = data.thread;
  } else {
    const context = contextOf(data.phase, wasm, thread);
    for (let task; (task = takeTask(counters)) < data.phase.count;)
      doTask(data.phase.work, task, context);
  }
  self.postMessage("done" satisfies TeamReply);
};
