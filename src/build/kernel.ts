/** Compiles the kernels: `bun src/build/kernel.ts` writes `train.wasm` and `rank.wasm`. */
import { dirname, join, resolve } from "node:path";
import asc from "assemblyscript/asc";

const FOLDER = resolve(import.meta.dir, "../linalg");

/** SIMD, an imported memory that threads may share, no runtime: callers allocate all memory. */
const OPTIONS =
  "-O3 --converge --noAssert --runtime stub --enable simd --enable threads --importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536";
/** The modules that are compiled, as files below `src/linalg`. */
export const MODULES = ["train-wasm/train.wasm", "rank-wasm/rank.wasm"] as const;

/** The kernel could not be compiled. */
class KernelBuildError extends Error {
  override readonly name = "KernelBuildError";
}

/** Compiles a module; the same sources compile to the same bytes. @throws KernelBuildError */
export async function compileSources(name: (typeof MODULES)[number]): Promise<Uint8Array> {
  const entry = join(dirname(name), "assembly/index.ts");
  const output: Record<string, Uint8Array | string> = {};
  const { error, stderr } = await asc.main([entry, "--outFile", name, ...OPTIONS.split(" ")], {
    readFile: (name, base) => {
      const file = Bun.file(resolve(FOLDER, base, name));
      return file.exists().then((it) => (it ? file.text() : null));
    },
    writeFile: (name, contents) => void (output[name] = contents),
    listFiles: () => null,
  });
  const wasm = output[name];
  if (error !== null || !(wasm instanceof Uint8Array))
    throw new KernelBuildError(stderr.toString());
  return wasm;
}

if (import.meta.main)
  for (const name of MODULES) {
    const path = resolve(FOLDER, name);
    console.log(`${path}: ${await Bun.write(path, await compileSources(name))} bytes`);
  }
