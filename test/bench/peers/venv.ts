/** A Python of the benchmarks' own, with the peers in it: made when first needed, kept until its list changes. */
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

/** Folder of the environments. */
const CACHE = resolve(import.meta.dir, "../../../node_modules/.cache/bench");
const WANTED = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";

/** Python cannot be used as it is here; `message` says what to do. */
export class PythonError extends Error {
  override readonly name = "PythonError";
}

/**
 * Path of a Python that has what `list` (a file beside this one) names.
 *
 * @throws PythonError
 */
export async function pythonWith(list: string): Promise<string> {
  const wanted = await Bun.file(join(import.meta.dir, list)).text();
  const folder = join(CACHE, `${list.replace(/\.txt$/, "")}-${Bun.hash(wanted).toString(36)}`);
  const python = join(folder, "bin", "python");
  const isComplete = join(folder, "complete");
  if (existsSync(isComplete)) return python;
  rmSync(folder, { recursive: true, force: true });
  if (!(await runs(["python3", "-c", WANTED])))
    throw new PythonError(
      "the peers need Python 3.11 or newer with venv as `python3` (on Debian: apt-get install python3-venv)",
    );
  console.error(`installing ${list} into ${folder}`);
  const pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  for (const step of [
    ["python3", "-m", "venv", folder],
    [...pip, "-r", join(import.meta.dir, list)],
  ])
    if (!(await runs(step)))
      throw new PythonError(`cannot install the peers: \`${step.join(" ")}\` failed`);
  await Bun.write(isComplete, "");
  return python;
}

/** A package with the version that `list` pins, such as "fastapi 0.165.0". */
export async function pinned(name: string, list = "requirements.txt"): Promise<string> {
  const text = await Bun.file(join(import.meta.dir, list)).text();
  const version = RegExp(`^${name}==(.+)$`, "m").exec(text)?.[1];
  if (version === undefined) throw new RangeError(`${list} names no ${name}`);
  return `${name} ${version}`;
}

async function runs(cmd: readonly string[]): Promise<boolean> {
  try {
    return (await Bun.spawn([...cmd], { stdout: "ignore", stderr: "inherit" }).exited) === 0;
  } catch {
    return false; // there is no such program
  }
}
