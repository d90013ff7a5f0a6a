/** Reader of `.env`: variables are not expanded, and the real environment takes precedence. */
import { dlopen } from "bun:ffi";
import { readFileSync } from "node:fs";
import { ConfigError, type Environment } from "./settings.ts";

/**
 * Adds the file's variables to `env`; those that the process was started with keep their value.
 *
 * @param started  A variable's value at the start of the process. `env` does not have it: run from
 *   sources, Bun has already put its own, expanded reading of the file there.
 * @throws ConfigError if the file exists and cannot be read.
 */
export function addDotenv(env: Environment, path: string, started = startedWith): Environment {
  for (const [name, written] of parseDotenv(readText(path))) env[name] = started(name) ?? written;
  return env;
}

/**
 * Parses lines `NAME=value`, optionally after `export`. A value ends before a space and `#`, unless
 * it is in quotes. `$` and backslashes have no meaning. The last of equal names counts, and other
 * lines are ignored.
 */
export function parseDotenv(text: string): ReadonlyMap<string, string> {
  const line = /^\s*(?:export\s+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.*?)[ \t]*$/;
  const quoted = /^(["'`])(.*?)\1(?:\s+#.*)?$/;
  const values = new Map<string, string>();
  for (const [, name, raw] of text.split(/\r\n?|\n/).map((it) => line.exec(it) ?? [])) {
    if (name === undefined || raw === undefined) continue;
    values.set(name, quoted.exec(raw)?.[2] ?? raw.replace(/(?:^|\s+)#.*$/, ""));
  }
  return values;
}

/** The file's text, "" without one. A folder of that name is a Python environment and is ignored. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EISDIR") return "";
    throw new ConfigError(`${path} cannot be read (${code}): make it readable, or remove it`, {
      cause,
    });
  }
}

/** The C library of each platform, whose environment Bun does not change. */
const LIBRARIES: Readonly<Record<string, string>> = {
  linux: "libc.so.6",
  darwin: "libSystem.B.dylib",
};

/** A variable of the environment that the process was started with. */
function startedWith(name: string): string | undefined {
  const library = LIBRARIES[process.platform];
  if (library === undefined) return undefined;
  const libc = dlopen(library, { getenv: { args: ["cstring"], returns: "cstring" } });
  const value = libc.symbols.getenv(Buffer.from(`${name}\0`));
  const text = value === null ? undefined : String(value);
  libc.close();
  return text;
}
