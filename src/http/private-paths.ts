/** Paths of this machine's disk, which whoever may ask how the service is need not know. */

/** A URL, which stays as it is; or a path from the root, between quotes or up to a space or mark. */
const URL_OR_PATH =
  /(?!file:)\b[a-z][a-z\d+.-]*:\/\/\S+|(["'`])(?:file:\/\/)?\/([^"'`]*)\1|(?<![\w./~-])(?:file:\/\/|~)?\/([^\s"'`:;,()]+)/gi;

/** The text with no more of such a path than its last name. */
export function withoutPaths(text: string): string {
  return text.replace(URL_OR_PATH, (all, quote = "", quoted, bare) => {
    const path: string | undefined = quoted ?? bare;
    return path === undefined ? all : `${quote}${lastName(path)}${quote}`;
  });
}

/** A value of JSON, with {@link withoutPaths} in every text that is in it. */
export function valueWithoutPaths<T extends object>(value: T): T {
  const replacer = (_: string, it: unknown) => (typeof it === "string" ? withoutPaths(it) : it);
  return JSON.parse(JSON.stringify(value, replacer)) as T;
}

function lastName(path: string): string {
  return path.replace(/\/+$/, "").split("/").at(-1)!;
}
