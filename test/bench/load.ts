/** Load on a server over loopback: autocannon in a process of its own, so that it takes no time from ours. */
import autocannon from "autocannon";
import { postId } from "./catalogue.ts";

/** Requests to send, and how hard. */
export type LoadOptions = {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second at most; as many as there come without it. */
  readonly rate?: number;
} & (
  | {
      /** Asked in turn, shared out over the connections. */
      readonly paths: readonly string[];
    }
  | {
      /** Events of each request, all of them new. */
      readonly events: number;
      /** Number of stored posts that they are about; without it, posts that only events name. */
      readonly stored?: number;
    }
);

/** Figures of the replies. Only those with status 200 or 202 are counted. */
export type Load = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
};

/**
 * Put load on a server.
 *
 * @throws Error if any request failed: a figure for errors would flatter.
 */
export async function load(options: LoadOptions): Promise<Load> {
  const child = Bun.spawn([process.execPath, import.meta.path], {
    stdin: new Blob([JSON.stringify(options)]),
    stdout: "pipe",
    stderr: "inherit",
  });
  const text = await Bun.readableStreamToText(child.stdout);
  if ((await child.exited) !== 0) throw new Error(`no load could be put on ${options.url}`);
  const result = JSON.parse(text) as Load;
  if (result.failed > 0) throw new Error(`${options.url}: ${result.failed} requests failed`);
  return result;
}

/** Sends the load from this process. Times are taken one by one: autocannon's own are whole milliseconds. */
function loadHere(options: LoadOptions): Promise<Load> {
  const { url, connections, seconds, rate } = options;
  const requestsOf = "events" in options ? eventRequests(options.events, options.stored) : inTurn(options.paths, connections); // prettier-ignore
  const times: number[] = [];
  let failed = 0;
  return new Promise((resolve, reject) => {
    const gun = autocannon(
      {
        url,
        connections,
        duration: seconds,
        ...(rate !== undefined && { overallRate: rate }),
        setupClient: (client) => client.setRequests(requestsOf()),
      },
      (cause, result) => {
        if (cause) return reject(cause);
        times.sort((a, b) => a - b);
        const at = (share: number) => times[Math.floor(share * times.length)] ?? NaN;
        resolve({
          perSecond: times.length / seconds,
          p50Ms: at(0.5),
          p99Ms: at(0.99),
          failed: failed + result.errors + result.timeouts,
        });
      },
    );
    gun.on("response", (_, status, __, ms) => {
      if (status === 200 || status === 202) times.push(ms);
      else failed++;
    });
  });
}

/** Every connection's share of the paths. */
function inTurn(paths: readonly string[], connections: number): () => autocannon.Request[] {
  let started = 0;
  const shares = Math.min(connections, paths.length);
  return () => {
    const mine = started++ % shares;
    return paths.filter((_, n) => n % shares === mine).map((path) => ({ path }));
  };
}

/** People and posts that events are about. */
const [PEOPLE, POSTS] = [20_000, 10_000];

/** Requests with events that no other request has. */
function eventRequests(count: number, stored?: number): () => autocannon.Request[] {
  let made = 0;
  const request = {
    method: "POST",
    path: "/events",
    headers: { "content-type": "application/json" },
  } as const;
  const event = () => {
    const n = made++;
    const [user, post] = [Bun.hash.crc32(`user ${n}`) % PEOPLE, Bun.hash.crc32(`post ${n}`) % (stored ?? POSTS)]; // prettier-ignore
    return `{"user":"app-user-${user}","post":"${stored ? postId(post) : `app-post-${post}`}","kind":"view","at":${Date.now()},"id":"${process.pid}-${n}"}`; // prettier-ignore
  };
  const body = () => `{"events":[${Array.from({ length: count }, event).join()}]}`;
  return () => [{ ...request, setupRequest: (it) => ({ ...it, body: body() }) }];
}

if (import.meta.main) {
  const result = await loadHere((await Bun.stdin.json()) as LoadOptions);
  console.log(JSON.stringify(result));
}
