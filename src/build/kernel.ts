/** Compile the kernels: `bun src/build/kernel.ts` writes `src/linalg/kernel/*.wasm`. */
import { resolve } from "node:path";
import asc from "assemblyscript/asc";

const FOLDER = resolve(import.meta.dir, "../linalg/kernel");

/** SIMD, memory that is handed in, and no runtime: all room is given by the caller. */
const OPTIONS =
  "-O3 --converge --noAssert --runtime stub --enable simd --importMemory --initialMemory 1";
/** What is compiled: where it begins, and whether threads share its memory. */
export const MODULES = {
  "kernel.wasm": {
    entry: "assembly/index.ts",
    options: "--enable threads --sharedMemory --maximumMemory 65536",
  },
  "columns.wasm": { entry: "assembly/columns.ts", options: "" },
} as const;

/** The kernel could not be compiled. */
export class KernelBuildError extends Error {
  override readonly name = "KernelBuildError";
}

/**
 * The bytes that the sources compile to: the same ones every time.
 *
 * @throws KernelBuildError
 */
export async function compileSources(name: keyof typeof MODULES): Promise<Uint8Array> {
  const { entry, options } = MODULES[name];
  const output: Record<string, Uint8Array | string> = {};
  const { error, stderr } = await asc.main(
    [entry, "--outFile", name, ...`${OPTIONS} ${options}`.trim().split(" ")],
    {
      readFile: (name, base) => {
        const file = Bun.file(resolve(FOLDER, base, name));
        return file.exists().then((it) => (it ? file.text() : null));
      },
      writeFile: (name, contents) => void (output[name] = contents),
      listFiles: () => null,
    },
  );
  const wasm = output[name];
  if (error !== null || !(wasm instanceof Uint8Array))
    throw new KernelBuildError(stderr.toString());
  return wasm;
}

if (import.meta.main)
  for (const name of Object.keys(MODULES) as (keyof typeof MODULES)[]) {
    const path = resolve(FOLDER, name);
    console.log(`${path}: ${await Bun.write(path, await compileSources(name))} bytes`);
  }
