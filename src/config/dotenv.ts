/** `.env` as it is written: nothing in it is expanded, and the real environment goes before it. */
import { dlopen } from "bun:ffi";
import { readFileSync } from "node:fs";
import { ConfigError, type Environment } from "./settings.ts";

/**
 * Put what the file says into `env`, except what the process was started with.
 *
 * @param started  Value a variable had when the process was started. Not `env`: from sources, Bun has
 *   put its own reading of the file there, with `$names` replaced.
 * @throws ConfigError if the file exists and cannot be read
 */
export function addDotenv(env: Environment, path: string, started = startedWith): Environment {
  for (const [name, written] of parseDotenv(readText(path))) env[name] = started(name) ?? written;
  return env;
}

/**
 * `NAME=value` a line, `export` before it or not. A value ends at a space and `#`; between quotes of
 * any kind it is what stands there. Neither `$` nor a backslash means anything. The last of equal
 * names counts; other lines are passed over.
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

/** "" where there is no such file; a folder of that name is a Python environment, not ours. */
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

/** The C library, by platform: it keeps the environment that Bun adds nothing to. */
const LIBRARIES: Readonly<Record<string, string>> = {
  linux: "libc.so.6",
  darwin: "libSystem.B.dylib",
};

function startedWith(name: string): string | undefined {
  const library = LIBRARIES[process.platform];
  if (library === undefined) return undefined;
  const libc = dlopen(library, { getenv: { args: ["cstring"], returns: "cstring" } });
  const value = libc.symbols.getenv(Buffer.from(`${name}\0`));
  const text = value === null ? undefined : String(value);
  libc.close();
  return text;
}
