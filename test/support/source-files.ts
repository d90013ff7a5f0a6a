/** The program's source files and its tests, and lists of what breaks a rule in them. */
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dir, "../..");
/** The folder of the program's sources. */
export const SRC = resolve(ROOT, "src");

/** `code` is `text` without comments. `path` begins in src/, or with "test/". */
export type File = { readonly path: string; readonly text: string; readonly code: string };

const all = await filesIn("src");

/** Every source file but style sheets, and those compiled to WASM, which are another language. */
export const files = all.filter(({ path }) => !/\.css$|^linalg\/.*\/assembly\//.test(path));

/** Every file: kernels, style sheets and tests included. */
export const everyFile = [...all, ...(await filesIn("test"))];

function filesIn(folder: "src" | "test"): Promise<File[]> {
  const paths = [
    ...new Bun.Glob("**/*.{ts,tsx,css}").scanSync({ cwd: resolve(ROOT, folder) }),
  ].sort();
  return Promise.all(
    paths.map(async (name) => {
      const text = await Bun.file(resolve(ROOT, folder, name)).text();
      const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, "");
      return { path: folder === "src" ? name : `test/${name}`, text, code };
    }),
  );
}

/** Violations of a rule, with their files: empty if the rule holds. */
export const offenders = (broken: (file: File) => readonly string[], among = files) =>
  among.flatMap((file) => broken(file).map((why) => `${file.path}: ${why}`));
