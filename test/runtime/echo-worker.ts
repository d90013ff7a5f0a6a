/** A thread that echoes what it is sent, or crashes, or hangs. */
export type EchoRequest = "open" | { kind: "close" } | "crash" | "hang" | "a" | "b";
export type EchoEvent = "ready" | "a" | "b";

/** Exit code of a thread that was asked to end. */
const CLOSED = 7;

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<EchoRequest>) => {
  if (typeof data === "object") return process.exit(CLOSED);
  switch (data) {
    case "open":
      return self.postMessage("ready");
    case "crash":
      throw new Error("crashed");
    case "hang":
      for (;;);
    default:
      return self.postMessage(data);
  }
};
