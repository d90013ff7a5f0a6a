/** A peer: a Python script that does jobs, one at a time, as JSON lines. */
import { join } from "node:path";
import { pythonWith } from "./venv.ts";

/** Options of a peer. */
export type PeerOptions = {
  /** Both lie beside this file. */
  readonly script: string;
  readonly requirements?: string;
  readonly args?: readonly string[];
  readonly threads: number;
};

/** A peer that is ready. */
export type Peer = {
  /** Such as "faiss 1.15.1". */
  readonly version: string;
  /** Let it do a job; what it answers is up to the script. */
  readonly ask: <Answer>(job: unknown) => Promise<Answer>;
} & Disposable;

/**
 * Start a peer; its first line is its version as a JSON string.
 *
 * @throws PythonError
 */
export async function openPeer(options: PeerOptions): Promise<Peer> {
  const { script, requirements = "requirements.txt", args = [], threads } = options;
  const python = await pythonWith(requirements);
  return startPeer([python, "-u", join(import.meta.dir, script), ...args], threadsIn(threads));
}

/** Start any program that answers as peers do: ourselves, say, in a process of our own. */
export async function startPeer(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Peer> {
  const child = Bun.spawn([...command], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
    env: { ...process.env, ...env },
  });
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  const line = async (): Promise<string> => {
    while (!rest.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`${command.join(" ")} ended before it answered`);
      rest += value;
    }
    const end = rest.indexOf("\n");
    const first = rest.slice(0, end);
    rest = rest.slice(end + 1);
    return first;
  };
  return {
    version: JSON.parse(await line()) as string,
    ask: async <Answer>(job: unknown) => {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      await child.stdin.flush();
      return JSON.parse(await line()) as Answer;
    },
    [Symbol.dispose]: () => child.kill(),
  };
}

/** Environment from which the libraries used here read their number of threads. */
function threadsIn(threads: number): Record<string, string> {
  const names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"];
  return Object.fromEntries(names.map((it) => [it, String(threads)]));
}
