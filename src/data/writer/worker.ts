/** The writer thread: one durable write appends all events of clients that wait. Bundled as its own entry point. */
import type { StoreFile } from "../sqlite/open.ts";
import { keepOpen } from "../sqlite/open.ts";
import { storeTrouble } from "../trouble.ts";
import type { AppendRequest, Outcome, WriterEvent, WriterRequest } from "./protocol.ts";

declare const self: Worker;

let storePath = "";
let store: () => StoreFile;
let waiting: AppendRequest[] = [];

const send = (event: WriterEvent) => self.postMessage(event);

/** Commits all requests that have come while the commit before was under way. */
async function commit(): Promise<void> {
  const requests = waiting;
  waiting = [];
  send({ kind: "committed", outcomes: await append(requests) });
}

async function append(requests: readonly AppendRequest[]): Promise<Outcome[]> {
  const faultOf = (cause: unknown) => storeTrouble(cause, storePath);
  try {
    const results = await store().events.appendAll(requests);
    return results.map((it, n) => {
      const { id } = requests[n]!;
      return it.status === "fulfilled"
        ? { id, appended: it.value }
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
    case "append":
      if (waiting.push(data) === 1) setImmediate(() => void commit());
      return;
    case "close":
      return process.exit(0);
    default:
      return data satisfies never;
  }
};
