/** Removes paths of this machine's disk from texts that clients can read. */
import { basename } from "node:path";

/** Matches a URL, which is kept, or an absolute path, in quotes or up to a space or punctuation; not a route after its method. */
const URL_OR_PATH =
  /(?!file:)\b[a-z][a-z\d+.-]*:\/\/\S+|(["'`])(?:file:\/\/)?\/([^"'`]*)\1|(?<![\w./~-]|\b(?:GET|POST|PATCH|DELETE) )(?:file:\/\/|~)?\/([^\s"'`:;,()]+)/gi;

/** The text with each path cut to its last name. */
export function withoutPaths(text: string): string {
  return text.replace(URL_OR_PATH, (all, quote = "", quoted, bare) => {
    const path: string | undefined = quoted ?? bare;
    return path === undefined ? all : `${quote}${basename(path)}${quote}`;
  });
}

/** A JSON value with {@link withoutPaths} applied to each string. */
export function valueWithoutPaths<T extends object>(value: T): T {
  const replacer = (_: string, it: unknown) => (typeof it === "string" ? withoutPaths(it) : it);
  return JSON.parse(JSON.stringify(value, replacer)) as T;
}
