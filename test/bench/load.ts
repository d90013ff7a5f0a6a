/** Load on a server over loopback: autocannon in a process of its own, so that it takes no time from ours. */
import autocannon from "autocannon";

/** What to ask, and how hard. */
export type LoadOptions = {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Asked in turn, shared out over the connections. */
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds: number;
};

/** What came back. Only replies with status 200 are counted. */
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
  const text = await child.stdout.text();
  if ((await child.exited) !== 0) throw new Error(`no load could be put on ${options.url}`);
  const result = JSON.parse(text) as Load;
  if (result.failed > 0) throw new Error(`${options.url}: ${result.failed} requests failed`);
  return result;
}

/** The same in this process. Times are taken one by one: autocannon's own are whole milliseconds. */
function loadHere({ url, paths, connections, seconds }: LoadOptions): Promise<Load> {
  const times: number[] = [];
  let failed = 0;
  let started = 0;
  return new Promise((resolve, reject) => {
    const shares = Math.min(connections, paths.length);
    const nextShare = () => {
      const mine = started++ % shares;
      return paths.filter((_, n) => n % shares === mine).map((path) => ({ path }));
    };
    const gun = autocannon(
      {
        url,
        connections,
        duration: seconds,
        setupClient: (client) => client.setRequests(nextShare()),
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
      if (status === 200) times.push(ms);
      else failed++;
    });
  });
}

if (import.meta.main) {
  const result = await loadHere((await Bun.stdin.json()) as LoadOptions);
  console.log(JSON.stringify(result));
}
