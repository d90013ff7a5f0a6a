/** The service as a process of its own over a folder that a benchmark has filled. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openLease } from "../../src/data/sqlite/open.ts";
import { freePort } from "../support/program.ts";

const MAIN = resolve(import.meta.dir, "../../src/main.ts");

/** Settings under which nothing is fetched: an upstream where nobody listens. */
export const AWAY = { API_BASE_URL: "http://127.0.0.1:9", FLIC_TOKEN: "none", RESONANCE_ALGORITHM: "any" }; // prettier-ignore

/** Longest wait for a first answer. */
const START_MS = 120_000;

/** A process that answers. */
export type Serving = {
  readonly url: string;
  /** From the start of the process to the first reply with status 200. */
  readonly startMs: number;
  readonly memoryMb: () => number;
} & Disposable;

/** Serve what lies in `folder`; it learns nothing meanwhile, since the benchmark holds the lock. */
export async function serve(folder: string, path: string): Promise<Serving> {
  const lock = await openLease(join(folder, "lock.db")).take("a benchmark");
  if ("heldBy" in lock) throw new Error(`${folder} is in use by ${lock.heldBy}`);
  const serving = await serveBeside(folder, path);
  return {
    ...serving,
    [Symbol.dispose]: () => {
      serving[Symbol.dispose]();
      lock.release();
    },
  };
}

/** Serves a folder whose lock another process has. */
export async function serveBeside(folder: string, path: string): Promise<Serving> {
  const port = freePort();
  const env = { ...process.env, ...AWAY, DATA_DIR: folder, PORT: `${port}` };
  const cmd = [process.execPath, MAIN, "serve"];
  return started(cmd, env, `http://127.0.0.1:${port}`, path);
}

/** Processes that are ended with this one. */
const alive = new Set<Bun.Subprocess>();
process.once("exit", () => alive.forEach((it) => it.kill("SIGKILL")));

/** A process that does not outlive this one. */
export function spawn(cmd: string[], env: Record<string, string | undefined>): Bun.Subprocess {
  const child = Bun.spawn(cmd, { env, stdin: "ignore", stdout: "ignore", stderr: "ignore" });
  alive.add(child);
  void child.exited.then(() => alive.delete(child));
  return child;
}

/** Start a command that listens at `url`; resolves when it answers `path`. */
export async function started(
  cmd: string[],
  env: Record<string, string | undefined>,
  url: string,
  path: string,
): Promise<Serving> {
  const start = performance.now();
  const child = spawn(cmd, env);
  while (!(await answers(url + path))) {
    if (child.exitCode !== null) throw new Error(`${cmd.join(" ")} ended with ${child.exitCode}`);
    if (performance.now() - start > START_MS) {
      child.kill("SIGKILL");
      throw new Error(`${cmd.join(" ")} does not answer ${url}${path}`);
    }
    await Bun.sleep(5);
  }
  return {
    url,
    startMs: performance.now() - start,
    memoryMb: () => memoryOf(child.pid),
    [Symbol.dispose]: () => child.kill("SIGKILL"),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status === 200;
  } catch {
    return false; // it does not listen yet
  }
}

/** Of a process, as Linux tells it. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}
