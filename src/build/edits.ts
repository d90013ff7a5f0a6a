/** Text edits on packages that load native code from disk, so that the program is one file. */
import type { BunPlugin } from "bun";
import { basename, resolve } from "node:path";

/**
 * Platforms with all native libraries, and where the packages have them. Only programs for linux-x64
 * are tested; programs for the other platforms have never been run.
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

/** Names of the platforms that a program can be built for. */
export const PLATFORM_NAMES = Object.keys(PLATFORMS) as Platform[];

/** Replaces the match of `find` in a package's file by `put`. */
export type Edit = { readonly file: RegExp; readonly find: RegExp; readonly put: string };

/** All edits. If a new version of a package no longer matches, the build fails. */
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

/** The native files of each add-on: first the add-on, then the libraries that it loads. */
export function nativeFiles(platform: Platform) {
  const { ort, library, usearch } = PLATFORMS[platform];
  const ortFolder = `${MODULES}/onnxruntime-node/bin/napi-v6/${ort}`;
  return {
    onnxruntime: [`${ortFolder}/onnxruntime_binding.node`, `${ortFolder}/${library}`],
    usearch: [`${MODULES}/usearch/prebuilds/${usearch}/usearch.node`],
  };
}

/** A plug-in of the bundler that makes the edits and adds them to `applied`. */
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

/** `text` after an edit. @throws RangeError if `find` does not match exactly once. */
export function edited(text: string, { find, put }: Edit, path: string): string {
  const pieces = text.split(find);
  if (pieces.length !== 2)
    throw new RangeError(
      `${path}: ${pieces.length - 1} places match ${find}, expected one; see edits.ts`,
    );
  return pieces.join(put);
}

/**
 * Source of a module that embeds an add-on (the first path) with its libraries, and loads it on first
 * use: commands that do not need the add-on need no writable folder.
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
