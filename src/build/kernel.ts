/** Compile the kernel: `bun src/build/kernel.ts` writes `src/math/kernel/kernel.wasm`. */
import { resolve } from "node:path";
import asc from "assemblyscript/asc";

const FOLDER = resolve(import.meta.dir, "../math/kernel");

/** SIMD, memory that is shared and handed in, and no runtime: all room is given by the caller. */
const OPTIONS = [
  ..."-O3 --converge --noAssert --runtime stub --enable simd --enable threads".split(" "),
  ..."--importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536".split(" "),
];

/** The kernel could not be compiled. */
export class KernelBuildError extends Error {
  override readonly name = "KernelBuildError";
}

/**
 * The bytes that the sources compile to: the same ones every time.
 *
 * @throws KernelBuildError
 */
export async function compileSources(): Promise<Uint8Array> {
  const output: Record<string, Uint8Array | string> = {};
  const { error, stderr } = await asc.main(
    ["assembly/index.ts", "--outFile", "kernel.wasm", ...OPTIONS],
    {
      readFile: (name, base) => {
        const file = Bun.file(resolve(FOLDER, base, name));
        return file.exists().then((it) => (it ? file.text() : null));
      },
      writeFile: (name, contents) => void (output[name] = contents),
      listFiles: () => null,
    },
  );
  const wasm = output["kernel.wasm"];
  if (error !== null || !(wasm instanceof Uint8Array))
    throw new KernelBuildError(stderr.toString());
  return wasm;
}

if (import.meta.main) {
  const path = resolve(FOLDER, "kernel.wasm");
  console.log(`${path}: ${await Bun.write(path, await compileSources())} bytes`);
}
