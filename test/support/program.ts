/** vidrec as it is shipped: one file, started in folders of its own. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProgram } from "../../src/build/build.ts";
import { PLATFORM_NAMES } from "../../src/build/edits.ts";
import { NO_DAILY_RUN } from "./day.ts";
import { TOKEN } from "./socialverse.ts";

const platform = PLATFORM_NAMES.find((it) => it === `${process.platform}-${process.arch}`);

/** Reason why the program cannot be run here; `undefined` if it can. */
export const programAbsence =
  platform === undefined
    ? `no program can be built for ${process.platform}-${process.arch}`
    : undefined;

/** Folders for one test file, all under a new one that every user may enter. */
export function openYard() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "vidrec-e2e-")));
  chmodSync(root, 0o755);
  return {
    root,
    /** A new folder with the places that a program may leave things in, all empty. */
    home: (name: string): Home => {
      const at = (...path: string[]) => join(root, name, ...path);
      for (const folder of ["home", "tmp", "work"]) mkdirSync(at(folder), { recursive: true });
      return { HOME: at("home"), TMPDIR: at("tmp"), work: at("work") };
    },
    /** Remove it, and end what a failed test has left running. */
    [Symbol.dispose]: () => {
      for (const child of alive) child.kill("SIGKILL");
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Surroundings of a program: its home, its folder for temporary files, its working directory. */
export type Home = { readonly HOME: string; readonly TMPDIR: string; readonly work: string };

/** Build the program as `bun run build` does; returns its path. */
export async function buildInto(folder: string): Promise<string> {
  const outfile = join(folder, "vidrec");
  await buildProgram(platform!, outfile);
  return outfile;
}

/** Names of the files in a folder, and in those under it. */
export function contentsOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

/** A process, its exit code and what it has printed. */
export type Started = {
  readonly pid: number;
  /** Of both outputs, as they came. */
  readonly lines: readonly string[];
  /** The first line that matches, printed before or after this call; fails if none ever does. */
  readonly said: (words: RegExp) => Promise<string>;
  /** Resolves when it has ended. */
  readonly exitCode: Promise<number>;
  readonly signal: (name: "SIGKILL" | "SIGSTOP" | "SIGCONT" | "SIGTERM") => void;
  /** Ask it to end; the exit code. */
  readonly stop: () => Promise<number>;
};

const alive = new Set<Bun.Subprocess>();

/** Start a command with these environment variables and no others. */
export function start(cmd: readonly string[], env: Record<string, string>, cwd: string): Started {
  const child = Bun.spawn([...cmd], { cwd, env, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  alive.add(child);
  void child.exited.then(() => alive.delete(child));
  const lines: string[] = [];
  let heard = Promise.withResolvers<void>();
  const told = () => (heard.resolve(), (heard = Promise.withResolvers()));
  const listen = async (output: ReadableStream<Uint8Array>) => {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const bytes of output) {
      const whole = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = whole.pop()!;
      lines.push(...whole);
      told();
    }
    if (rest !== "") lines.push(rest);
  };
  let isOver = false;
  const exitCode = Promise.all([listen(child.stdout), listen(child.stderr), child.exited]).then(
    ([, , code]) => ((isOver = true), told(), code),
  );
  return {
    pid: child.pid,
    lines,
    said: async (words) => {
      for (;;) {
        const line = lines.find((it) => words.test(it));
        if (line !== undefined) return line;
        if (isOver) throw new Error(`ended without saying ${words}:\n${lines.join("\n")}`);
        await heard.promise;
      }
    },
    exitCode,
    signal: (name) => child.kill(name),
    stop: () => (child.kill("SIGTERM"), exitCode),
  };
}

/** A running service. */
export type Serving = Started & {
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
};

/** Start `vidrec serve` on a free port; resolves once it listens. From sources, `program` is Bun and a path. */
export async function startServe(
  program: string | readonly string[],
  { work, ...home }: Home,
  settings: Record<string, string> = {},
): Promise<Serving> {
  const started = start([program, "serve"].flat(), { ...home, PORT: "0", ...settings }, work);
  const url = /listening on (\S+)/.exec(await started.said(/listening on/))![1]!;
  return { ...started, get: (path, init) => fetch(new URL(path, url), init) };
}

/** The settings of a service whose upstream is the stand-in at `url`. */
export function fedBy({ url }: { readonly url: string }) {
  return { API_BASE_URL: url, FLIC_TOKEN: TOKEN, RESONANCE_ALGORITHM: "any", ...NO_DAILY_RUN };
}

/** Wait until `look` gives something. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await Bun.sleep(25);
  }
}

/** Asks for a page of a mood's words until the encoder is not late with them. */
export const inWords = <T extends { meta: { fallback: string[] } }>(ask: () => Promise<T>) =>
  until(async () => {
    const page = await ask();
    return page.meta.fallback.includes("mood_not_encoded") ? undefined : page;
  });

/** Waits until no run is under way. */
export const isIdle = ({ get }: Pick<Serving, "get">) =>
  until(async () => {
    const { refusals } = (await (await get("/runs")).json()) as Runs;
    return refusals.learn === null || undefined;
  });
type Runs = { readonly refusals: { readonly learn: string | null } };

/** A port that nobody listens on. */
export function freePort(): number {
  const listening = Bun.serve({ port: 0, fetch: () => new Response() });
  const { port } = listening;
  void listening.stop(true);
  return port!;
}
