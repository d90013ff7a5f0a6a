/** Compiles the service into one file: `bun src/build/build.ts [--target linux-arm64] [--outfile dist/vidrec]`. */
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { placeForFile } from "../config/values.ts";
import { bundleDashboard } from "../http/dashboard/assets.ts";
import { EDITS, type Edit, PLATFORM_NAMES, type Platform, nativeAddons } from "./edits.ts";

const SRC = resolve(import.meta.dir, "..");

/** The program could not be built. */
class BuildError extends Error {
  override readonly name = "BuildError";
}

/**
 * Compiles `src/main.ts` and every thread (each `worker.ts`) into one program.
 *
 * @throws BuildError
 */
export async function buildProgram(platform: Platform, outfile: string): Promise<void> {
  const threads = [...new Bun.Glob("**/worker.ts").scanSync({ cwd: SRC, absolute: true })].sort();
  const applied = new Set<Edit>();
  const result = await Bun.build({
    entrypoints: [resolve(SRC, "main.ts"), ...threads],
    root: SRC,
    compile: { target: `bun-${platform}`, outfile, autoloadBunfig: false, autoloadDotenv: false },
    define: {
      COMPILED: "true",
      VIDREC_COMMIT: JSON.stringify(commit()),
      DASHBOARD: JSON.stringify(await bundleDashboard()),
    },
    plugins: [nativeAddons(platform, applied)],
    throw: false,
  });
  if (!result.success) throw new BuildError(result.logs.join("\n"));
  const unused = EDITS.filter((edit) => !applied.has(edit));
  if (unused.length === 0) return;
  rmSync(outfile);
  throw new BuildError(`no file to edit was bundled: ${unused.map((it) => it.file).join(", ")}`);
}

/** The commit that `version` shows; "" outside a repository or without git. */
function commit(): string {
  if (Bun.which("git") === null) return "";
  const git = Bun.spawnSync(["git", "describe", "--always", "--dirty"], { cwd: SRC });
  return git.success ? git.stdout.toString().trim() : "";
}

function platformOf(name: string): Platform {
  const platform = PLATFORM_NAMES.find((it) => it === name);
  if (platform !== undefined) return platform;
  throw new BuildError(
    `no program for ${name}: native libraries exist for ${PLATFORM_NAMES.join(", ")}`,
  );
}

/** The options of the command line. @throws BuildError */
function options(): { platform: Platform; outfile: string } {
  const known = {
    target: { type: "string", default: `${process.platform}-${process.arch}` },
    outfile: { type: "string", default: resolve(SRC, "../dist/vidrec") },
  } as const;
  const { target, outfile } = parseArgs({ options: known }).values;
  const path = placeForFile(outfile);
  if (!path.ok && outfile !== known.outfile.default)
    throw new BuildError(`--outfile ${outfile}: expected ${path.expected}`);
  return { platform: platformOf(target), outfile };
}

/** Prints an error and exits: with 2 after wrong usage, with 1 after a failed build. */
function endWith(code: number) {
  return (cause: unknown): never => {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exit(code);
  };
}

if (import.meta.main) {
  const { platform, outfile } = await Promise.try(options).catch(endWith(2));
  await buildProgram(platform, outfile).catch(endWith(1));
  console.log(`${outfile}: ${(Bun.file(outfile).size / 1e6).toFixed(0)} MB, ${platform}`);
}
