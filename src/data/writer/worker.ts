/** The writer thread: one durable write makes all changes of clients that wait. Bundled as its own entry point. */
import type { StoreFile } from "../sqlite/open.ts";
import { keepOpen } from "../sqlite/open.ts";
import { storeTrouble } from "../trouble.ts";
import type { Outcome, WriteRequest, WriterEvent, WriterRequest } from "./protocol.ts";

declare const self: Worker;

let storePath = "";
let store: () => StoreFile;
const waiting: WriteRequest[] = [];

const send = (event: WriterEvent) => self.postMessage(event);

/** Rows after which a commit takes no further request: other processes wait for its lock. */
const ROWS_MAX = 5_000;
/** Pause between two commits, milliseconds: it lets other writers in, and more requests gather. */
const PAUSE_MS = 1;

let isCommitting = false;

/** Commits the requests that wait, and those that come meanwhile. */
async function commitAll(): Promise<void> {
  for (; waiting.length > 0; await Bun.sleep(PAUSE_MS)) {
    let [requests, rows] = [0, 0];
    while (requests < waiting.length && rows < ROWS_MAX) rows += rowsOf(waiting[requests++]!);
    send({ kind: "committed", outcomes: await change(waiting.splice(0, requests)) });
  }
  isCommitting = false;
}

function rowsOf({ write: { args } }: WriteRequest): number {
  return Array.isArray(args[0]) ? args[0].length : 1;
}

async function change(requests: readonly WriteRequest[]): Promise<Outcome[]> {
  const faultOf = (cause: unknown) => storeTrouble(cause, storePath);
  try {
    const results = await store().changeAll(requests.map(({ write }) => write));
    return results.map((it, n) => {
      const { id } = requests[n]!;
      return it.status === "fulfilled"
        ? { id, changed: it.value }
        : { id, fault: faultOf(it.reason) };
    });
  } catch (cause) {
    return requests.map(({ id }) => ({ id, fault: faultOf(cause) }));
  }
}

self.onmessage = ({ data }: MessageEvent<WriterRequest>) => {
  switch (data.kind) {
    case "open":
      [storePath, store] = [data.storePath, keepOpen(data.storePath)];
      return send({ kind: "ready" });
    case "write":
      waiting.push(data);
      if (!isCommitting) setImmediate(() => void commitAll());
      isCommitting = true;
      return;
    case "close":
      return process.exit(0);
    default:
      return data satisfies never;
  }
};
