/** Text edits on packages that look for native code at run time: beside one file there is none. */
import type { BunPlugin } from "bun";
import { basename, resolve } from "node:path";

/**
 * Platforms with every native library, and where the packages keep theirs. Programs for linux-x64
 * are tested; those for the others are made of the same parts, but nobody has run one.
 */
const PLATFORMS = {
  "linux-x64": { ort: "linux/x64", library: "libonnxruntime.so.1", usearch: "linux-x64" },
  "linux-arm64": { ort: "linux/arm64", library: "libonnxruntime.so.1", usearch: "linux-arm64" },
  "darwin-arm64": {
    ort: "darwin/arm64",
    library: "libonnxruntime.1.dylib",
    usearch: "darwin-arm64+x64",
  },
} as const;

export type Platform = keyof typeof PLATFORMS;

/** The platforms that a program can be built for. */
export const PLATFORM_NAMES = Object.keys(PLATFORMS) as Platform[];

/** What to put where `find` matches in the files of a package. */
export type Edit = { readonly file: RegExp; readonly find: RegExp; readonly put: string };

/** Upgrading one of these packages may end an edit; the build fails then. */
export const EDITS: readonly Edit[] = [
  {
    file: /onnxruntime-node\/dist\/binding\.js$/,
    find: /require\(`[^`]*onnxruntime_binding\.node`\)/,
    put: `require("addon:onnxruntime").addon()`,
  },
  {
    file: /@xenova\/transformers\/dist\/transformers\.node\.mjs$/,
    find: /requireFromHere\("onnxruntime-node"\)/,
    put: `require("onnxruntime-node")`,
  },
  {
    file: /usearch\/javascript\/dist\/esm\/usearch\.js$/,
    find: /build\(getBuildDir\(getDirName\(\)\)\)/,
    put: `new Proxy({}, { get: (_, name) => require("addon:usearch").addon()[name] })`,
  },
];

const MODULES = resolve(import.meta.dir, "../../node_modules");
const LOADER = resolve(import.meta.dir, "native.ts");

/** Each add-on's native files on a platform: the add-on itself, then what it looks for beside it. */
export function nativeFiles(platform: Platform) {
  const { ort, library, usearch } = PLATFORMS[platform];
  const ortFolder = `${MODULES}/onnxruntime-node/bin/napi-v6/${ort}`;
  return {
    onnxruntime: [`${ortFolder}/onnxruntime_binding.node`, `${ortFolder}/${library}`],
    usearch: [`${MODULES}/usearch/prebuilds/${usearch}/usearch.node`],
  };
}

/** The edits as a plug-in of the bundler; those made are added to `applied`. */
export function nativeAddons(platform: Platform, applied: Set<Edit>): BunPlugin {
  const files: Record<string, string[]> = nativeFiles(platform);
  return {
    name: "native add-ons",
    setup(build) {
      build.onResolve({ filter: /^addon:/ }, ({ path }) => ({
        path: path.slice("addon:".length),
        namespace: "addon",
      }));
      build.onLoad({ filter: /.*/, namespace: "addon" }, ({ path }) => ({
        contents: loading(files[path]!),
        loader: "js",
      }));
      for (const edit of EDITS)
        build.onLoad({ filter: edit.file }, async ({ path }) => {
          const contents = edited(await Bun.file(path).text(), edit, path);
          applied.add(edit);
          return { contents, loader: "js" };
        });
    },
  };
}

/**
 * `text` with the edit made, at the one place it is for.
 *
 * @throws RangeError if there is no such place, or more than one.
 */
export function edited(text: string, { find, put }: Edit, path: string): string {
  const pieces = text.split(find);
  if (pieces.length !== 2)
    throw new RangeError(
      `${path}: ${pieces.length - 1} places match ${find}, expected one; see edits.ts`,
    );
  return pieces.join(put);
}

/**
 * A module that embeds an add-on (the first path) with its libraries, and loads it when it is first
 * used: a program that searches nothing needs no folder to copy it to.
 */
function loading(paths: readonly string[]): string {
  const names = paths.map((path) => JSON.stringify(basename(path)));
  return [
    `import { loadAddon } from ${JSON.stringify(LOADER)};`,
    ...paths.map(
      (path, n) => `import file${n} from ${JSON.stringify(path)} with { type: "file" };`,
    ),
    `let loaded;`,
    `export const addon = () => loaded ??= loadAddon(${names[0]}, { ${names.map((it, n) => `${it}: file${n}`).join(", ")} });`,
  ].join("\n");
}
