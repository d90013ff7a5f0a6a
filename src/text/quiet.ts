/** Keeps ONNX Runtime from sending telemetry. Import it before anything that loads the runtime. */
import { dlopen } from "bun:ffi";

/** C library by platform; on others there is no ONNX Runtime either. */
const LIBRARIES: Readonly<Record<string, string>> = {
  linux: "libc.so.6",
  darwin: "libSystem.B.dylib",
};

const library = LIBRARIES[process.platform];
if (library !== undefined) {
  // Version 1.27 sends nothing; from 1.29 or 1.30 on it does, unless this is set in the C environment,
  // which Bun's process.env does not reach.
  const libc = dlopen(library, { setenv: { args: ["cstring", "cstring", "i32"], returns: "i32" } });
  libc.symbols.setenv(Buffer.from("ORT_DISABLE_TELEMETRY\0"), Buffer.from("1\0"), 1);
  libc.close();
}
