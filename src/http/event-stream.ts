/** Server-sent events (HTML standard, section 9.2): the one way in which routes send a stream. */
import { isHead } from "./edge.ts";
import { notReady } from "./problem.ts";

/** An event of a stream. */
export type Sent = {
  /** A client that lost the connection sends the last one back. Without line breaks. */
  readonly id?: string;
  /** Type that listeners tell events by; "message" if absent. */
  readonly event?: string;
  /** Sent as JSON. */
  readonly data: unknown;
};

/**
 * Opens the events of one stream. It is read only as fast as its client reads, so it holds back what is to come.
 *
 * @param lastId  Id of the last event that the client has; `undefined` for a new client.
 * @param signal  Aborted once nobody reads any more.
 */
export type Source = (lastId: string | undefined, signal: AbortSignal) => AsyncIterable<Sent>;

/** Most open streams of a process: each holds a connection. */
const STREAMS_MAX = 64;
/** Time without an event after which a comment is sent: a third of the time after which a silent connection is closed, milliseconds. */
const HEARTBEAT_MS = 10_000;
/** Life of a stream, milliseconds. Clients come back by themselves, and their key is checked again. */
const LIFE_MS = 600_000;
/** Time after which a client that lost its connection comes back, milliseconds. */
const RETRY_MS = 2_000;

/** Options of the streams. */
type StreamOptions = {
  /** Told of a source that failed, which ends its stream. */
  readonly log: (line: string) => void;
  readonly streamsMax?: number;
  readonly heartbeatMs?: number;
  readonly lifeMs?: number;
};

/** The open streams of one server. */
export type EventStreams = ReturnType<typeof eventStreams>;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "x-accel-buffering": "no", // or nginx would hold events back
};

/** Opens the streams of a server. */
export function eventStreams(options: StreamOptions) {
  const { log, streamsMax = STREAMS_MAX, heartbeatMs = HEARTBEAT_MS, lifeMs = LIFE_MS } = options;
  const open = new Set<AbortController>();
  return {
    /** The reply to a request: a stream of the source's events, or a refusal if too many are open. */
    reply: (request: Request, source: Source): Response => {
      if (open.size >= streamsMax)
        return notReady({ waitsFor: `${streamsMax} streams are open, and a process keeps no more: close one` }); // prettier-ignore
      if (isHead(request)) return new Response(null, { headers: HEADERS });
      const end = new AbortController();
      open.add(end);
      const old = setTimeout(() => end.abort(), lifeMs);
      end.signal.addEventListener("abort", () => (clearTimeout(old), open.delete(end)));
      const lastId = request.headers.get("last-event-id") ?? undefined;
      const events = source(lastId, end.signal)[Symbol.asyncIterator]();
      return new Response(streamOf(events, { end, heartbeatMs, log }), { headers: HEADERS });
    },
    /** Number of open streams. */
    count: () => open.size,
    /** Ends all of them: the server stops. */
    close: () => {
      for (const it of open) it.abort();
    },
  };
}

type Ends = Pick<StreamOptions, "log"> & {
  readonly end: AbortController;
  readonly heartbeatMs: number;
};

/** The bytes of a stream. Nothing is read ahead of the client: a slow one holds up its source alone. */
function streamOf(events: AsyncIterator<Sent>, { end, heartbeatMs, log }: Ends) {
  let next: Promise<IteratorResult<Sent>> | undefined;
  let wake = () => {};
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        controller.enqueue(UTF8.encode(`retry: ${RETRY_MS}\n\n`));
        end.signal.addEventListener("abort", () => {
          wake();
          void events.return?.();
          if (!isCancelled) controller.close();
        });
      },
      pull: async (controller) => {
        next ??= events.next().catch((cause: unknown) => {
          log(`a stream ended early: ${cause instanceof Error ? cause.message : String(cause)}`);
          return ENDED;
        });
        const { promise: late, resolve } = Promise.withResolvers<undefined>();
        wake = resolve;
        const timer = setTimeout(wake, heartbeatMs);
        const first = await Promise.race([next, late]); // of short lives: a race stays in the memory of those that lose
        clearTimeout(timer);
        if (end.signal.aborted) return;
        if (first === undefined) return controller.enqueue(HEARTBEAT);
        next = undefined;
        if (first.done === true) return end.abort();
        controller.enqueue(UTF8.encode(textOf(first.value)));
      },
      cancel: () => {
        isCancelled = true;
        end.abort();
      },
    },
    { highWaterMark: 0 },
  );
}

const ENDED: IteratorResult<Sent> = { done: true, value: undefined };
const UTF8 = new TextEncoder();
const HEARTBEAT = UTF8.encode(":\n\n");

/** JSON has no raw line break, so an event's data is one line. */
function textOf({ id, event, data }: Sent): string {
  const head = `${id === undefined ? "" : `id: ${id}\n`}${event === undefined ? "" : `event: ${event}\n`}`;
  return `${head}data: ${JSON.stringify(data)}\n\n`;
}

/** Documentation of a stream; `example` is one of its events. */
export function streamed(description: string, schema: object, example: Sent) {
  const content = { "text/event-stream": { schema, example: textOf(example) } };
  return { description, content };
}
