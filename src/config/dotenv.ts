/** Reader of `.env`: variables are not expanded, and the real environment takes precedence. */
import { dlopen } from "bun:ffi";
import { readFileSync } from "node:fs";
import { distance } from "fastest-levenshtein";
import { ConfigError, type Environment } from "./parse.ts";
import { SETTINGS } from "./settings.ts";

/**
 * Adds the file's variables to `env`; those that the process was started with keep their value.
 *
 * @param warn  Called with each mistake in the file, or name in `env`, that stops nothing.
 * @param started  A variable's value at the start of the process. `env` does not have it: run from
 *   sources, Bun has already put its own, expanded reading of the file there.
 * @throws ConfigError if the file exists and cannot be read.
 */
export function addDotenv(
  env: Environment,
  path: string,
  warn: (message: string) => void,
  started = startedWith,
): Environment {
  const text = readText(path);
  const before = Object.keys(env);
  const written = parseDotenv(text);
  for (const [name, value] of written) env[name] = started(name) ?? value;
  for (const it of mistakesIn(text)) warn(`${path}, ${it}`);
  for (const name of before.filter((it) => !written.has(it))) {
    const meant = settingLike(name);
    if (meant !== undefined)
      warn(`${name} in the environment is no setting: did you mean ${meant}?`);
  }
  return env;
}

/** A line that sets a variable: its name and its value as written. */
const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.*?)[ \t]*$/;
/** A value between quotes. */
const QUOTED = /^(["'`])(.*?)\1(?:\s+#.*)?$/;

const linesOf = (text: string) => text.split(/\r\n?|\n/);

/**
 * Parses lines `NAME=value`, optionally after `export`. A value ends before a space and `#`, unless
 * it is in quotes. `$` and backslashes have no meaning. The last of equal names counts, and other
 * lines are ignored.
 */
export function parseDotenv(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, name, raw] of linesOf(text).map((it) => LINE.exec(it) ?? [])) {
    if (name === undefined || raw === undefined) continue;
    values.set(name, QUOTED.exec(raw)?.[2] ?? raw.replace(/(?:^|\s+)#.*$/, ""));
  }
  return values;
}

/** Lines that set nothing, quotes without an end, and names almost like a setting's. Values are not shown: they may be secret. */
export function mistakesIn(text: string): string[] {
  return linesOf(text).flatMap((line, n) => {
    const [, name, raw] = LINE.exec(line) ?? [];
    const place = `line ${n + 1}`;
    if (name === undefined || raw === undefined)
      return /^\s*(?:#|$)/.test(line) ? [] : [`${place} is not NAME=value, and is ignored`];
    const meant = settingLike(name);
    return [
      ...(/^["'`]/.test(raw) && !QUOTED.test(raw)
        ? [`${place}: the quotes of ${name} do not end, and are taken for part of the value`]
        : []),
      ...(meant === undefined ? [] : [`${place}: ${name} is no setting: did you mean ${meant}?`]),
    ];
  });
}

/** Letters of a setting's name for each that may be mistyped. */
const LETTERS_PER_TYPO = 4;

/** The setting whose name is almost this one; `undefined` for a setting's own name and for others. */
function settingLike(name: string): string | undefined {
  if (Object.hasOwn(SETTINGS, name)) return undefined;
  const bare = (it: string) => it.toUpperCase().replaceAll("_", "");
  return Object.keys(SETTINGS).find(
    (it) => distance(bare(it), bare(name)) <= Math.min(2, bare(it).length / LETTERS_PER_TYPO),
  );
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
