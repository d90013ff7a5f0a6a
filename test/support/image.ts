/** The image of a Dockerfile, made and run without an engine: a folder to change root into. */
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { last, pairs, stagesOf, words, type Instruction } from "./dockerfile.ts";
import { start, type Started } from "./program.ts";

/** Settings of an engine where the image has none. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export type Image = {
  /** The default command, the health check, and the user. */
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  readonly user: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volume: string;
  readonly port: number;
  /** Run a command in the image, as process 1 of its own. */
  readonly run: (cmd: readonly string[], settings: Record<string, string>) => Started;
};

/**
 * Do what the Dockerfile of `project` says: its first stage in `build`, with the packages that are
 * installed here; its second in `root`, which holds its base.
 *
 * @throws RangeError where it says something that is not understood here.
 */
export async function makeImage(project: string, build: string, root: string): Promise<Image> {
  const text = readFileSync(join(project, "Dockerfile"), "utf8");
  const [builder, image, ...more] = stagesOf(text);
  if (builder === undefined || image?.from !== "debian:12-slim" || more.length > 0)
    throw new RangeError("the Dockerfile has not two stages, the second of them on debian:12-slim");
  await inFolder(builder.instructions, build, { context: project }, async (command, cwd) => {
    if (command === `npm install --global bun@${Bun.version}`) return;
    if (/^bun install /.test(command)) linkPackages(project, cwd);
    else if (/^bun src\//.test(command)) await sh(command.replace("bun", process.execPath), cwd);
    else throw new RangeError(`the first stage runs something else: ${command}`);
  });
  await inFolder(image.instructions, root, { context: project, build }, async (command) => {
    await Bun.$`chroot ${root} /bin/sh -c ${command}`.quiet();
  });
  const user = last(image, "USER");
  const environment = { PATH, HOME: "/", ...pairs(last(image, "ENV")) };
  const inside = (cmd: readonly string[], settings: Record<string, string>) => [
    ...["unshare", "--pid", "--fork", `--mount-proc=${root}/proc`],
    ...["chroot", `--userspec=${user}`, root, "env", "--ignore-environment"],
    `--chdir=${last(image, "WORKDIR")}`,
    ...Object.entries({ ...environment, ...settings }).map(([name, value]) => `${name}=${value}`),
    ...cmd,
  ];
  return {
    command: [...words(last(image, "ENTRYPOINT")), ...words(last(image, "CMD"))],
    healthCheck: words(last(image, "HEALTHCHECK").replace(/^CMD /, "")),
    user,
    environment,
    volume: last(image, "VOLUME"),
    port: Number(last(image, "EXPOSE")),
    run: (cmd, settings) => processOne(start(inside(cmd, settings), { PATH }, root)),
  };
}

/** Stands in for `bun install`: nothing is fetched, but what it reads has to be there. */
function linkPackages(project: string, cwd: string): void {
  const text = readFileSync(join(cwd, "package.json"), "utf8");
  const local = [...text.matchAll(/"file:([^"]+)"/g)].map(([, path]) => path!);
  const missing = ["bun.lock", ...local].filter((it) => !existsSync(join(cwd, it)));
  if (missing.length > 0) throw new RangeError(`bun install would not find ${missing.join(", ")}`);
  symlinkSync(join(project, "node_modules"), join(cwd, "node_modules"));
}

/** Signals are for what runs inside: `unshare` only waits for it. */
function processOne(outside: Started): Started {
  const signal: Started["signal"] = (name) => {
    const list = `/proc/${outside.pid}/task/${outside.pid}/children`;
    const child = existsSync(list) ? Number(readFileSync(list, "utf8")) : 0;
    if (child > 0) process.kill(child, name);
  };
  return { ...outside, signal, stop: () => (signal("SIGTERM"), outside.exitCode) };
}

type Run = (command: string, cwd: string) => Promise<void>;

async function inFolder(
  instructions: readonly Instruction[],
  root: string,
  from: Readonly<Record<string, string>>,
  run: Run,
): Promise<void> {
  let cwd = root;
  for (const { name, flags, text } of instructions) {
    if (name === "RUN") await run(text, cwd);
    else if (name === "WORKDIR") mkdirSync((cwd = join(root, text)), { recursive: true });
    else if (name === "COPY") copy(text.split(/ +/), from, flags["from"] ?? "context", root, cwd);
    else if (!SETTINGS.includes(name)) throw new RangeError(`${name} is not understood here`);
  }
}

/** They put nothing into an image. */
const SETTINGS = "LABEL ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK ENTRYPOINT CMD".split(" ");

function copy(
  words: readonly string[],
  from: Readonly<Record<string, string>>,
  stage: string,
  root: string,
  cwd: string,
): void {
  const folder = from[stage];
  if (folder === undefined) throw new RangeError(`there is no stage ${stage}`);
  const target = words.at(-1)!;
  const to = target.startsWith("/") ? join(root, target) : join(cwd, target);
  for (const source of words.slice(0, -1)) {
    if (stage === "context") refuseIgnored(folder, source);
    const copied = target.endsWith("/") ? join(to, source) : to;
    mkdirSync(dirname(copied), { recursive: true });
    cpSync(join(folder, source), copied, { recursive: true });
  }
}

/** An engine gets only what .dockerignore lets through: ours names what is taken, file by file. */
function refuseIgnored(project: string, source: string): void {
  const [all, ...taken] = readFileSync(join(project, ".dockerignore"), "utf8")
    .split("\n")
    .filter((it) => it !== "" && !it.startsWith("#"));
  if (all !== "*" || !taken.includes(`!${source.split("/")[0]}`))
    throw new RangeError(`.dockerignore keeps ${source} from the image`);
}

async function sh(command: string, cwd: string): Promise<void> {
  await Bun.$`sh -c ${command}`.cwd(cwd).quiet();
}
