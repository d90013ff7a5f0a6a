/** The program's source files, and lists of what breaks a rule in them. */
import { resolve } from "node:path";

/** The folder of the program's sources. */
export const SRC = resolve(import.meta.dir, "../../src");

/** `code` is `text` without comments. `path` begins in src/. */
export type File = { readonly path: string; readonly text: string; readonly code: string };

/** Every source file but those compiled to WASM, which are another language. */
export const files: readonly File[] = await Promise.all(
  paths().map(async (path) => {
    const text = await Bun.file(resolve(SRC, path)).text();
    return { path, text, code: text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, "") };
  }),
);

function paths(): string[] {
  const all = [...new Bun.Glob("**/*.{ts,tsx}").scanSync({ cwd: SRC })].sort();
  return all.filter((path) => !/^linalg\/.*\/assembly\//.test(path));
}

/** Violations of a rule, with their files: empty if the rule holds. */
export const offenders = (broken: (file: File) => readonly string[]) =>
  files.flatMap((file) => broken(file).map((why) => `${file.path}: ${why}`));
